package dev.atmd.server.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.registry.RemovalReason;
import dev.atmd.core.registry.SessionEvent.Removed;
import dev.atmd.core.session.SessionId;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PacerTest {
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final List<Long> sent = new ArrayList<>();
  private final Pacer pacer =
      new Pacer(
          channel.eventLoop(),
          Duration.ofMillis(100),
          10,
          frames -> frames.forEach(frame -> sent.add(frame.seq())));

  @AfterEach
  void leavesNothingBehind() {
    channel.finishAndReleaseAll();
  }

  @Test
  void sendsAtOnceAfterAPause() {
    pacer.offer(List.of(frame(1, "a")));
    assertThat(sent).containsExactly(1L);

    pass(100);
    pacer.offer(List.of(frame(2, "a")));
    assertThat(sent).containsExactly(1L, 2L);
  }

  @Test
  void sendsOfEachSessionTheNewestOncePerInterval() {
    pacer.offer(List.of(frame(1, "a")));
    pacer.offer(List.of(frame(2, "a"), frame(3, "b")));
    pacer.offer(List.of(frame(4, "a")));
    pass(99);
    assertThat(sent).containsExactly(1L);

    pass(1);
    assertThat(sent).containsExactly(1L, 3L, 4L);

    pacer.offer(List.of(frame(5, "b")));
    assertThat(sent).hasSize(3);
    pass(100);
    assertThat(sent).containsExactly(1L, 3L, 4L, 5L);
  }

  @Test
  void gathersWithinOneBatchToo() {
    pacer.offer(List.of(frame(1, "a"), frame(2, "b"), frame(3, "a")));

    assertThat(sent).containsExactly(2L, 3L);
  }

  @Test
  void sendsEarlyWhatIsTooMuchToKeep() {
    pacer.offer(List.of(frame(1, "a")));
    pacer.offer(IntStream.range(0, 11).mapToObj(i -> frame(i + 2, "s" + i)).toList());

    assertThat(sent).hasSize(12);
  }

  @Test
  void forgetsWhatAListWillReplace() {
    pacer.offer(List.of(frame(1, "a")));
    pacer.offer(List.of(frame(2, "a")));
    pacer.clear();
    pass(100);

    assertThat(sent).containsExactly(1L);
  }

  private void pass(long millis) {
    channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
  }

  private static Frame frame(long seq, String id) {
    return new Frame(
        new Removed(seq, SessionId.of(id), RemovalReason.ENDED, null), _ -> new byte[0]);
  }
}
