package dev.atmd.client;

import dev.atmd.client.AtmdException.Refused;
import dev.atmd.client.AtmdException.TimedOut;
import dev.atmd.protocol.json.ClientMessageWriter;
import dev.atmd.protocol.message.DaemonMessage;
import dev.atmd.protocol.message.DaemonMessage.Failed;
import dev.atmd.protocol.message.DaemonMessage.Lagged;
import dev.atmd.protocol.message.DaemonMessage.Resumed;
import dev.atmd.protocol.message.DaemonMessage.SessionList;
import dev.atmd.protocol.message.DaemonMessage.SessionRemoved;
import dev.atmd.protocol.message.DaemonMessage.SessionUpdated;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What happens to the sessions that were subscribed to: a {@code session_list} first, or {@code
 * resumed}, then updates and removals in order. Read by one thread; {@link #close} may come from
 * any.
 */
public final class EventStream implements AutoCloseable {
  private final AtmdClient owner;
  private final LineChannel lines;
  private final ClientMessageWriter writer;
  private final Timeouts timeouts;
  private boolean isStarted;
  private boolean heardSincePing = true;
  private long pings;

  EventStream(AtmdClient owner, LineChannel lines, ClientMessageWriter writer, Timeouts timeouts) {
    this.owner = owner;
    this.lines = lines;
    this.writer = writer;
    this.timeouts = timeouts;
  }

  /** The next event, however long it takes; the first has to come like any reply. */
  public Received<DaemonMessage> next() throws IOException {
    while (true) {
      var line = lines.read(isStarted ? null : timeouts.reply());
      if (line == null) {
        throw new TimedOut("session_list", timeouts.reply());
      }
      var event = event(line);
      if (event.isPresent()) {
        return event.get();
      }
    }
  }

  /** The next event if it comes within {@code timeout}; or nothing, also when another line came. */
  public Optional<Received<DaemonMessage>> poll(Duration timeout) throws IOException {
    var line = lines.read(timeout);
    return line == null ? Optional.empty() : event(line);
  }

  /** Hands every event to {@code listener} until the connection fails, and says how it failed. */
  public void forEach(Consumer<Received<DaemonMessage>> listener) throws IOException {
    while (true) {
      listener.accept(next());
    }
  }

  private Optional<Received<DaemonMessage>> event(byte[] line) throws IOException {
    heardSincePing = true;
    var received = AtmdClient.received(line);
    return switch (received.message()) {
      case SessionList _, SessionUpdated _, SessionRemoved _, Resumed _, Lagged _ -> {
        isStarted = true;
        yield Optional.of(received);
      }
      case Failed failed -> throw new Refused(failed);
      case DaemonMessage _ -> Optional.empty();
    };
  }

  /** Asks for a sign of life. A 1.0 daemon closes connections that never say anything. */
  void ping() throws IOException {
    heardSincePing = false;
    lines.write(writer.ping(++pings), timeouts.reply());
  }

  boolean heardSincePing() {
    return heardSincePing;
  }

  /** Ends the subscription and its connection. Idempotent. */
  @Override
  public void close() {
    owner.close();
  }
}
