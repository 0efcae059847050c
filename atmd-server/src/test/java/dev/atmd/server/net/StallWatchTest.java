package dev.atmd.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.server.broadcast.Outbox;
import dev.atmd.server.broadcast.OutboxBudget;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StallWatchTest {
  private static final long NOTHING_SCHEDULED = -1;

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Outbox outbox =
      new Outbox(channel, new OutboxBudget(new OutboxBudget.Limits(4, 100, 100)), new Deaf());
  private final StallWatch watch = new StallWatch(channel, outbox, Duration.ofMinutes(5), () -> {});

  @Test
  void looksLaterWhenSomethingWaits() {
    watch.start();

    assertThat(channel.runScheduledPendingTasks()).isPositive();
  }

  @Test
  void holdsOnToNoConnectionThatIsOver() {
    watch.start();
    watch.end();

    assertThat(channel.runScheduledPendingTasks()).isEqualTo(NOTHING_SCHEDULED);
  }

  @Test
  void doesNotBeginAgainAfterTheEnd() {
    watch.end();
    watch.start();

    assertThat(channel.runScheduledPendingTasks()).isEqualTo(NOTHING_SCHEDULED);
  }

  private static final class Deaf implements Outbox.Owner {
    @Override
    public void collapsed(int events) {}

    @Override
    public void overflowed(int events) {}

    @Override
    public void blocked() {}

    @Override
    public void drained() {}
  }
}
