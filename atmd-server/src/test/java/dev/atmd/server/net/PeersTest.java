package dev.atmd.server.net;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.protocol.frame.FrameBudget;
import org.junit.jupiter.api.Test;

class PeersTest {
  private final FrameBudget unfinished = new FrameBudget(1_000);
  private final Peers peers = new Peers(2, unfinished);

  @Test
  void givesEachProcessItsShareOfConnections() {
    assertThat(peers.join(7)).isNotNull();
    assertThat(peers.join(7)).isNotNull();

    assertThat(peers.join(7)).isNull();
    assertThat(peers.join(8)).isNotNull();
  }

  @Test
  void givesAPlaceToTheNextOneWhenOneLeaves() {
    var first = requireNonNull(peers.join(7));
    assertThat(peers.join(7)).isNotNull();
    peers.leave(first);

    assertThat(peers.join(7)).isNotNull();
    assertThat(peers.join(7)).isNull();
  }

  @Test
  void forgetsAProcessWithItsLastConnection() {
    peers.leave(requireNonNull(peers.join(7)));

    assertThat(peers.count()).isZero();
  }

  @Test
  void leavesHalfOfTheUnfinishedLinesToOthers() {
    var wild = requireNonNull(peers.join(7)).unfinished();
    var other = requireNonNull(peers.join(8)).unfinished();

    assertThat(wild.take(500)).isTrue();
    assertThat(wild.take(1)).isFalse();
    assertThat(requireNonNull(peers.join(7)).unfinished().take(1)).as("of all its own").isFalse();
    assertThat(other.take(500)).isTrue();
    assertThat(unfinished.taken()).isEqualTo(1_000);
  }

  @Test
  void boundsAllTogetherToo() {
    var third = new FrameBudget(1_000);
    var one = third.half();
    assertThat(third.take(600)).isTrue();

    assertThat(one.take(401)).isFalse();
    assertThat(one.take(400)).isTrue();
    one.giveBack(400);
    assertThat(third.taken()).isEqualTo(600);
    assertThat(one.taken()).isZero();
  }
}
