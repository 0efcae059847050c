package dev.atmd.server.store;

import static java.lang.System.Logger.Level.WARNING;

import dev.atmd.protocol.message.DaemonMessage;
import dev.atmd.protocol.message.DaemonMessage.Failed;
import dev.atmd.protocol.message.DaemonMessage.HistoryTold;
import dev.atmd.protocol.message.ErrorCode;
import dev.atmd.protocol.message.HistoryQuestion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions about the past on a thread of its own, "atmd-history", from a connection that
 * can only read. Thread-safe.
 */
public final class Historian implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Historian.class.getName());

  /** Questions that may wait. */
  private static final int QUEUE = 64;

  private final @Nullable Path file;
  private final Durability durability;
  private final InstantSource clock;
  private final ExecutorService thread;

  /**
   * @param file where the history is; null if none is kept
   */
  public Historian(@Nullable Path file, Durability durability, InstantSource clock) {
    this.file = file;
    this.durability = durability;
    this.clock = clock;
    var executor =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            Thread.ofPlatform().name("atmd-history").daemon().factory());
    executor.allowCoreThreadTimeOut(true);
    this.thread = executor;
  }

  /** Never blocks; the answer never fails, it may say that something has. */
  public CompletableFuture<DaemonMessage> ask(HistoryQuestion question) {
    if (file == null) {
      return CompletableFuture.completedFuture(
          Failed.of(ErrorCode.NO_HISTORY, "no history is kept: store.enabled is false"));
    }
    var answer = new CompletableFuture<DaemonMessage>();
    // What has been applied is part of the answer, if it can be written at all.
    durability.settle(_ -> {
      try {
        thread.execute(() -> answer.complete(answer(file, question)));
      } catch (RejectedExecutionException _) {
        answer.complete(
            Failed.of(ErrorCode.NO_HISTORY, "too many questions about the past at once"));
      }
    });
    return answer;
  }

  private DaemonMessage answer(Path file, HistoryQuestion question) {
    if (!Files.exists(file)) {
      return Failed.of(ErrorCode.NO_HISTORY, "there is no history at " + file);
    }
    // Opened for each question: nobody asks often, and an idle daemon holds nothing open.
    try (var connection = new Database(file).openToRead()) {
      return new HistoryTold(new HistoryReader(connection).answer(question, clock.instant()));
    } catch (SQLException e) {
      LOG.log(WARNING, "cannot read the history: {0}", e.getMessage());
      return Failed.of(ErrorCode.NO_HISTORY, "cannot read the history: " + e.getMessage());
    } catch (RuntimeException bug) {
      LOG.log(WARNING, "failed at " + question, bug);
      return Failed.of(ErrorCode.INTERNAL, "internal error, see the daemon's log");
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
