package dev.atmd.server;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The two threads "atmd-files", on which files are looked at that may be on a slow disk. */
final class FileThreads {
  /** Look-ups that may wait; what comes beyond is answered with "unknown". */
  private static final int QUEUE = 4_096;

  private FileThreads() {}

  /**
   * @param refused told of each look-up that there was no room for
   */
  static ExecutorService start(Runnable refused) {
    var threads =
        new ThreadPoolExecutor(
            2,
            2,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(QUEUE),
            Thread.ofPlatform().name("atmd-files").daemon().factory(),
            (_, _) -> {
              refused.run();
              throw new RejectedExecutionException("too many file look-ups");
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }
}
