package dev.atmd.server.net;

import dev.atmd.protocol.message.DaemonMessage;
import java.util.concurrent.CompletableFuture;

/** Tells people things, and remembers what came of it. Thread-safe; never blocks the caller. */
public interface Notices {
  /** What came of the latest. */
  DaemonMessage latest();

  /** Tells a test; completes with what came of the latest when it has been told. Never fails. */
  CompletableFuture<DaemonMessage> test();
}
