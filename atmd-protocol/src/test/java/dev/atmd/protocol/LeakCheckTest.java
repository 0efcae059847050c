package dev.atmd.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeakCheckTest {
  @Test
  void findsABufferThatIsLost() {
    var found = new ArrayList<>(LeakCheck.taken());
    assertThat(ByteBufAllocator.DEFAULT.buffer(8).refCnt())
        .as("one that nobody gives back")
        .isOne();

    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (found.isEmpty()) {
      assertThat(System.nanoTime()).as("the buffer is found in time").isLessThan(deadline);
      LeakCheck.look();
      found.addAll(LeakCheck.taken());
    }
  }

  @Test
  void findsNothingWhereAllIsGivenBack() {
    ByteBufAllocator.DEFAULT.buffer(8).release();
    LeakCheck.look();

    assertThat(LeakCheck.taken()).isEmpty();
  }
}
