package dev.atmd.protocol;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class during which a buffer was lost: Netty reports it when the garbage collector
 * has found it. JUnit makes one and calls it for every class, in each module that has the test jar
 * of this one; found leaks may come from any thread.
 */
public final class LeakCheck implements AfterAllCallback {
  private static final long HANDED_OVER_WITHIN_MILLIS = 1_000;
  private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

  static {
    // Before the first buffer is made: whoever makes one keeps the detector that is there then.
    ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new Recorders());
  }

  public LeakCheck() {}

  @Override
  public void afterAll(ExtensionContext context) {
    look();
    var leaks = taken();
    if (!leaks.isEmpty()) {
      throw new AssertionError("buffers were lost: " + leaks);
    }
  }

  /** Has the collector look, and the detector tell what it has found. */
  static void look() {
    var found = new ReferenceQueue<>();
    var sign = new WeakReference<>(new Object(), found);
    System.gc();
    try {
      // What the collector has found is handed over by a thread of its own.
      var _ = found.remove(HANDED_OVER_WITHIN_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      Reference.reachabilityFence(sign);
    }
    for (var i = 0; i < 3; i++) {
      ByteBufAllocator.DEFAULT.buffer(8).release();
    }
  }

  /** What has been found since this was last asked. */
  static List<String> taken() {
    var leaks = List.copyOf(LEAKS);
    LEAKS.removeAll(leaks);
    return leaks;
  }

  private static final class Recorders extends ResourceLeakDetectorFactory {
    @Override
    @SuppressWarnings("deprecation") // It is the one that has to be there.
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(
        Class<T> resource, int samplingInterval, long maxActive) {
      return new Recorder<>(resource, samplingInterval);
    }
  }

  private static final class Recorder<T> extends ResourceLeakDetector<T> {
    private Recorder(Class<T> resource, int samplingInterval) {
      super(resource, samplingInterval);
    }

    @Override
    protected void reportTracedLeak(String type, String records) {
      LEAKS.add(type + records);
    }

    @Override
    protected void reportUntracedLeak(String type) {
      LEAKS.add(type);
    }
  }
}
