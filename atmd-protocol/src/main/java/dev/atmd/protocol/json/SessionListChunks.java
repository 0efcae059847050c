package dev.atmd.protocol.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.atmd.protocol.message.Detail;
import dev.atmd.protocol.message.SessionView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(CHUNK_BYTES + 4_096);
  private final JsonGenerator json;
  private boolean ended;

  public SessionListChunks(Iterator<SessionView> sessions, Detail detail, long seq, String epoch) {
    this.sessions = sessions;
    this.detail = detail;
    this.seq = seq;
    this.epoch = epoch;
    try {
      this.json = Json.FACTORY.createGenerator(out);
      json.writeStartObject();
      json.writeStringField("type", "session_list");
      json.writeArrayFieldStart("sessions");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
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
    out.reset();
    try {
      while (sessions.hasNext() && out.size() < CHUNK_BYTES) {
        DaemonMessageWriter.writeView(json, sessions.next(), detail);
        json.flush();
      }
      if (!sessions.hasNext()) {
        end();
      }
    } catch (IOException e) {
      throw new AssertionError("a byte array cannot fail to be written", e);
    }
    return out.toByteArray();
  }

  private void end() throws IOException {
    json.writeEndArray();
    DaemonMessageWriter.writePosition(json, seq, epoch);
    json.writeEndObject();
    json.writeRaw('\n');
    json.close();
    ended = true;
  }
}
