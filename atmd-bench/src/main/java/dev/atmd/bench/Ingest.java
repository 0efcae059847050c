package dev.atmd.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** How many status lines a second a daemon takes in, each applied: asked for, not assumed. */
final class Ingest {
  /** Lines in one write: a busy reporter, not a hook. */
  private static final int BATCH = 64;

  private final Path socket;
  private final int connections;
  private final int updates;

  /**
   * @param updates for each connection, which has a session of its own
   */
  Ingest(Path socket, int connections, int updates) {
    this.socket = socket;
    this.connections = connections;
    this.updates = updates / BATCH * BATCH;
  }

  Result run(String name) throws Exception {
    var lines = new StatusLines(name);
    try (var threads = Executors.newFixedThreadPool(connections)) {
      var senders = new ArrayList<Callable<Boolean>>();
      for (var i = 0; i < connections; i++) {
        var session = i;
        var batches = new ArrayList<byte[]>();
        for (var update = 0; update < updates; update += BATCH) {
          batches.add(lines.lines(session, update, BATCH));
        }
        senders.add(() -> send(batches, lines.sessionId(session)));
      }
      var start = System.nanoTime();
      var wrong = 0;
      for (var sender : threads.invokeAll(senders)) {
        wrong += sender.get() ? 0 : 1;
      }
      var seconds = (System.nanoTime() - start) / 1e9;
      return new Result("ingest, updates/s", (double) connections * updates / seconds, wrong);
    }
  }

  /** Whether the session ends up as its last update says. */
  private boolean send(Iterable<byte[]> batches, String sessionId) throws IOException {
    try (var wire = Wire.connect(socket)) {
      for (var batch : batches) {
        wire.write(batch);
      }
      wire.write(Wire.message("\"type\":\"list_sessions\""));
      var list = wire.readLine();
      var at = list.indexOf("{\"id\":\"" + sessionId + "\"");
      var end = list.indexOf("{\"id\":\"", at + 1);
      var view = at < 0 ? "" : list.substring(at, end < 0 ? list.length() : end);
      return view.contains(StatusLines.costField(updates - 1));
    }
  }
}
