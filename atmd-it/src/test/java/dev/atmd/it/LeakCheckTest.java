package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class LeakCheckTest {
  @Test
  void findsABufferThatIsLost() {
    var found = new ArrayList<>(LeakCheck.taken());
    assertThat(ByteBufAllocator.DEFAULT.buffer(8).refCnt())
        .as("one that nobody gives back")
        .isOne();

    Waiting.until(
        "the lost buffer is found",
        () -> {
          LeakCheck.look();
          found.addAll(LeakCheck.taken());
          return !found.isEmpty();
        });
  }

  @Test
  void findsNothingWhereAllIsGivenBack() {
    ByteBufAllocator.DEFAULT.buffer(8).release();
    LeakCheck.look();

    assertThat(LeakCheck.taken()).isEmpty();
  }
}
