package dev.atmd.bench.system;

import dev.atmd.bench.load.EventReader;
import dev.atmd.bench.load.Messages;
import dev.atmd.bench.load.Reader;
import dev.atmd.bench.load.StatusLines;
import dev.atmd.bench.load.UpdateListener;
import dev.atmd.bench.load.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Sessions of a daemon whose status lines follow each other round and round. */
public final class SessionTopic implements Topic {
  private static final int ENDS_IN_A_WRITE = 256;

  private final AtmDaemon daemon;
  private final StatusLines lines = new StatusLines();
  private int sessions;

  /** Sessions that may be there, however few are written to now. */
  private int begun;

  SessionTopic(AtmDaemon daemon, int sessions) {
    this.daemon = daemon;
    this.sessions = sessions;
    this.begun = sessions;
  }

  /** From now on the updates go to so many sessions. */
  public void spread(int overSessions) {
    sessions = overSessions;
    begun = Math.max(begun, overSessions);
  }

  public StatusLines lines() {
    return lines;
  }

  @Override
  public Wire publisher() throws IOException {
    return daemon.connect();
  }

  @Override
  public Wire subscriber() throws IOException {
    return daemon.subscriber();
  }

  @Override
  public int publicationBytes() {
    return lines.lineBytes();
  }

  @Override
  public void put(ByteBuffer out, int number) {
    lines.put(out, number % sessions, number);
  }

  @Override
  public Reader reader(UpdateListener listener) {
    return new EventReader(lines.sessions(), listener);
  }

  @Override
  public long wrongStates(int published) throws IOException {
    try (var wire = daemon.connect()) {
      wire.write(Messages.LIST);
      return wrongStates(SessionStates.of(wire.rest(), lines.sessions()), published);
    }
  }

  /** How many sessions do not stand in these states where their last update left them. */
  public long wrongStates(SessionStates states, int published) {
    var wrong = 0L;
    for (var i = 0; i < Math.min(sessions, published); i++) {
      var last = published - 1 - Math.floorMod(published - 1 - i, sessions);
      wrong += states.shows(lines.sessionId(i), last) ? 0 : 1;
    }
    return wrong;
  }

  /** Ends all its sessions, so that measurements do not weigh on each other. */
  @Override
  public void close() throws IOException {
    try (var wire = daemon.connect()) {
      var ends = new StringBuilder();
      for (var i = 0; i < begun; i++) {
        ends.append(lines.end(i));
        if (i % ENDS_IN_A_WRITE == ENDS_IN_A_WRITE - 1) {
          write(wire, ends);
        }
      }
      ends.append(Messages.LIST);
      write(wire, ends);
      var _ = wire.readLine();
    }
  }

  private static void write(Wire wire, StringBuilder text) throws IOException {
    wire.write(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII)));
    text.setLength(0);
  }
}
