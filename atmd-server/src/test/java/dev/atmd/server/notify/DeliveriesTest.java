package dev.atmd.server.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.protocol.message.NoticeDelivery;
import dev.atmd.server.notify.Notice.Kind;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeliveriesTest {
  private static final Notice NOTICE =
      Notice.of(Kind.NEEDS_INPUT, Sights.asking("s1", "x"), "Bash: ls", Sights.NOON, false);

  private final Deliveries deliveries = new Deliveries();

  @Test
  void tellsTheOldestFirst() {
    add("ran");
    add("ended with 3");

    assertThat(outcomes()).containsExactly("ran", "ended with 3");
  }

  @Test
  void remembersTheLatestTwoHundred() {
    IntStream.rangeClosed(1, 203).forEach(i -> add("ran " + i));

    assertThat(outcomes()).hasSize(200).startsWith("ran 4").endsWith("ran 203");
  }

  /** Whoever asked has a list of their own time. */
  @Test
  void changesNothingThatWasTold() {
    add("ran");
    var told = deliveries.all();

    add("ran again");

    assertThat(told).extracting(NoticeDelivery::outcome).containsExactly("ran");
  }

  private void add(String outcome) {
    deliveries.add(NOTICE, "command", outcome, true, Sights.NOON);
  }

  private List<String> outcomes() {
    return deliveries.all().stream().map(NoticeDelivery::outcome).toList();
  }
}
