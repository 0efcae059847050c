package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmd.client.AtmdClient;
import dev.atmd.client.AtmdException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients tell a daemon of another user nothing. Where no other user can be had, nothing runs. */
@Timeout(30)
class ForeignDaemonTest {
  private static final String WAYS = "dev.atmd.it.ForeignDaemon#ways";

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource(WAYS)
  void theClientTellsItNothing(List<String> way) {
    try (var daemon = ForeignDaemon.start(way)) {
      assertThatThrownBy(() -> AtmdClient.connect(daemon.socket()))
          .isInstanceOf(AtmdException.Untrusted.class)
          .hasMessageContaining("neither you nor root");
      daemon.expectSilentVisitor();
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource(WAYS)
  void hooksTellItNothingAndKeepTheEvent(List<String> way) {
    for (var sender : Sender.all()) {
      try (var daemon = ForeignDaemon.start(way)) {
        var hook = Hook.of(sender, daemon.socket(), "claude");

        var ended =
            hook.call(
                Wire.json(
                    Wire.fields("session_id", "s", "hook_event_name", "Stop", "prompt", "go")));

        assertThat(ended.exitCode()).isZero();
        daemon.expectSilentVisitor();
        assertThat(hook.spooled()).as("%s", sender).hasSize(1);
      }
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource(WAYS)
  void reportersInsideOfAHarnessDoNotEvenConnect(List<String> way) throws IOException {
    try (var daemon = ForeignDaemon.start(way);
        var host = NodeHost.start("pi", "pi/atmd.ts", daemon.socket(), Map.of())) {
      host.expectNoFailure();
      host.expectEnd();

      SocketChannel.open(UnixDomainSocketAddress.of(daemon.socket())).close();
      daemon.expectSilentVisitor();
    }
  }
}
