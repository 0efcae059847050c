package dev.atmd.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.registry.SessionEvent.Removed;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecentEventsTest {
  private final RecentEvents recent = new RecentEvents(3);

  @Test
  void knowsWhatCameAfterAnEvent() {
    happen(1, 2);
    happen(3, 5);

    assertThat(after(2, 5)).containsExactly(3L, 4L, 5L);
    assertThat(after(4, 5)).containsExactly(5L);
    assertThat(after(5, 5)).isEmpty();
  }

  @Test
  void saysThatItHasForgotten() {
    happen(1, 5);

    assertThat(recent.after(1, 5)).isEmpty();
    assertThat(recent.after(0, 5)).isEmpty();
  }

  @Test
  void knowsNothingOfNumbersThatHaveNotBeenGiven() {
    happen(1, 2);

    assertThat(recent.after(3, 2)).isEmpty();
    assertThat(recent.after(-1, 2)).isEmpty();
    assertThat(recent.after(Long.MIN_VALUE, 2)).isEmpty();
  }

  @Test
  void everythingIsKnownBeforeTheFirstEvent() {
    assertThat(after(0, 0)).isEmpty();
  }

  private void happen(long from, long to) {
    recent.add(LongStream.rangeClosed(from, to).mapToObj(RecentEventsTest::event).toList());
  }

  private List<Long> after(long seq, long newest) {
    return recent.after(seq, newest).orElseThrow().stream().map(SessionEvent::seq).toList();
  }

  private static SessionEvent event(long seq) {
    return new Removed(seq, Reports.id("a"), RemovalReason.ENDED, null);
  }
}
