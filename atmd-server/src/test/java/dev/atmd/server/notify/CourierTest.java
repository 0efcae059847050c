package dev.atmd.server.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A program that hangs must not let notices gather without end. */
@Timeout(20)
class CourierTest {
  private static final int ROOM = 256;

  private final AtomicInteger dropped = new AtomicInteger();
  private final NotifyGauges gauges =
      new NotifyGauges() {
        @Override
        public void told(String channel, boolean worked) {}

        @Override
        public void noticeDropped() {
          dropped.incrementAndGet();
        }
      };

  @Test
  void countsTheNoticesItHasNoRoomForAndTakesThoseThatComeLater() throws InterruptedException {
    var hangs = new CountDownLatch(1);
    var begun = new CountDownLatch(1);
    var done = new Semaphore(0);
    try (var courier = new Courier(InstantSource.system(), new Deliveries(), gauges)) {
      courier.execute(() -> {
        begun.countDown();
        await(hangs);
      });
      assertThat(begun.await(10, TimeUnit.SECONDS)).as("the first begins").isTrue();

      for (var i = 0; i < ROOM + 10; i++) {
        courier.execute(done::release);
      }
      assertThat(dropped).hasValue(10);

      hangs.countDown();
      assertThat(done.tryAcquire(ROOM, 10, TimeUnit.SECONDS)).as("all others come").isTrue();
      courier.execute(done::release);
      assertThat(done.tryAcquire(10, TimeUnit.SECONDS)).as("one that comes later").isTrue();
      assertThat(dropped).hasValue(10);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
