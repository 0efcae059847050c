package dev.atmd.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.registry.Delivery;
import dev.atmd.core.registry.StatusReport;
import dev.atmd.core.session.Harness;
import dev.atmd.core.session.SessionId;
import dev.atmd.protocol.message.ClientMessage;
import dev.atmd.protocol.message.ClientMessage.Ping;
import dev.atmd.protocol.message.ClientMessage.StatusUpdate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BurstTest {
  private final List<String> noted = new ArrayList<>();
  private final Burst burst = new Burst(new Noting());

  @Test
  void countsStatusLinesOfOneHarnessTogetherAndInOrder() {
    burst.understood(line(Harness.CLAUDE), true);
    burst.understood(line(Harness.CLAUDE), true);
    burst.understood(line(Harness.PI), true);
    burst.understood(new Ping(1), true);
    burst.understood(line(Harness.PI), true);
    burst.end();

    assertThat(noted).containsExactly("claude 2", "pi 1", "Ping 1", "pi 1");
  }

  @Test
  void isAppliedWhenItsLastReportIs() {
    burst.reported();
    burst.reported();
    burst.applied();
    burst.end();
    assertThat(noted).isEmpty();

    burst.applied();
    assertThat(noted).containsExactly("applied");
  }

  @Test
  void isNotAppliedBeforeAllOfItHasBeenRead() {
    burst.reported();
    burst.applied();
    assertThat(noted).isEmpty();

    burst.end();
    assertThat(noted).containsExactly("applied");
  }

  @Test
  void withoutReportsNothingIsTimed() {
    burst.understood(new Ping(1), true);
    burst.end();

    assertThat(noted).containsExactly("Ping 1");
  }

  private static StatusUpdate line(Harness harness) {
    return new StatusUpdate(
        new StatusReport(
            SessionId.of("s"), null, harness, null, null, null, null, null, null, null),
        Delivery.PLAIN);
  }

  private final class Noting implements ConnectionGauges {
    @Override
    public void understood(ClientMessage message, boolean accepted, int count) {
      noted.add(
          (message instanceof StatusUpdate(var report, _)
                  ? report.harness().tag()
                  : message.getClass().getSimpleName())
              + " "
              + count);
    }

    @Override
    public void applied(long nanos) {
      noted.add("applied");
    }

    @Override
    public void opened() {}

    @Override
    public void closed() {}

    @Override
    public void failed(String code) {}

    @Override
    public void collapsed(int events) {}

    @Override
    public void overflowed(int events) {}

    @Override
    public void resumed() {}

    @Override
    public String scrape() {
      return "";
    }
  }
}
