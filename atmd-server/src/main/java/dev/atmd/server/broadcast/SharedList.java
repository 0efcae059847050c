package dev.atmd.server.broadcast;

import dev.atmd.core.registry.Snapshot;
import dev.atmd.protocol.json.SessionListChunks;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The line of one snapshot for everybody who asks at the same moment: each piece is encoded once,
 * when the first reader gets there. On one event loop.
 */
final class SharedList {
  private final Snapshot snapshot;
  private final SessionListChunks source;
  private final List<byte[]> chunks = new ArrayList<>();

  SharedList(Snapshot snapshot, SessionListChunks source) {
    this.snapshot = snapshot;
    this.source = source;
  }

  boolean isOf(Snapshot other) {
    return snapshot.seq() == other.seq() && snapshot.takenAt().equals(other.takenAt());
  }

  Iterator<byte[]> reader() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < chunks.size() || source.hasNext();
      }

      @Override
      public byte[] next() {
        if (next == chunks.size()) {
          chunks.add(source.next());
        }
        return chunks.get(next++);
      }
    };
  }
}
