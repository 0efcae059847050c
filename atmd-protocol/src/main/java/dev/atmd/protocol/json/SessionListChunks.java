package dev.atmd.protocol.json;

import dev.atmd.protocol.message.Detail;
import dev.atmd.protocol.message.SessionView;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The line of a {@code session_list}, piece by piece: a list of all sessions may be large, and
 * nobody needs it in one piece. The pieces together are what {@link DaemonMessageWriter} writes.
 * Not thread-safe.
 */
public final class SessionListChunks implements Iterator<byte[]> {
  private static final int CHUNK_BYTES = 16 * 1024;

  private final Iterator<SessionView> sessions;
  private final Detail detail;
  private final long seq;
  private final String epoch;
  private final JsonLine json = new JsonLine();
  private boolean ended;

  public SessionListChunks(Iterator<SessionView> sessions, Detail detail, long seq, String epoch) {
    this.sessions = sessions;
    this.detail = detail;
    this.seq = seq;
    this.epoch = epoch;
    json.beginObject();
    json.field("type", "session_list");
    json.beginArray("sessions");
  }

  @Override
  public boolean hasNext() {
    return !ended;
  }

  /** The next piece: never empty, about 16 KiB but for a long prompt, whole views. */
  @Override
  public byte[] next() {
    if (ended) {
      throw new NoSuchElementException();
    }
    while (sessions.hasNext() && json.size() < CHUNK_BYTES) {
      DaemonMessageWriter.writeView(json, sessions.next(), detail);
    }
    return sessions.hasNext() ? json.take() : end();
  }

  private byte[] end() {
    json.endArray();
    DaemonMessageWriter.writePosition(json, seq, epoch);
    json.endObject();
    ended = true;
    return json.end();
  }
}
