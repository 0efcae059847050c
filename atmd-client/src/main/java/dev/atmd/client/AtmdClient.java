package dev.atmd.client;

import dev.atmd.client.AtmdException.ConnectionLost;
import dev.atmd.client.AtmdException.Garbled;
import dev.atmd.client.AtmdException.Refused;
import dev.atmd.client.AtmdException.TimedOut;
import dev.atmd.client.AtmdException.WrongVersion;
import dev.atmd.core.session.SessionId;
import dev.atmd.protocol.json.ClientMessageWriter;
import dev.atmd.protocol.json.DaemonMessageReader;
import dev.atmd.protocol.message.DaemonMessage;
import dev.atmd.protocol.message.DaemonMessage.Connected;
import dev.atmd.protocol.message.DaemonMessage.Dashboard;
import dev.atmd.protocol.message.DaemonMessage.DiscoveryComplete;
import dev.atmd.protocol.message.DaemonMessage.Explained;
import dev.atmd.protocol.message.DaemonMessage.Failed;
import dev.atmd.protocol.message.DaemonMessage.HistoryTold;
import dev.atmd.protocol.message.DaemonMessage.Metrics;
import dev.atmd.protocol.message.DaemonMessage.Notices;
import dev.atmd.protocol.message.DaemonMessage.Pong;
import dev.atmd.protocol.message.DaemonMessage.Rejected;
import dev.atmd.protocol.message.DaemonMessage.SessionList;
import dev.atmd.protocol.message.HistoryQuestion;
import dev.atmd.protocol.message.ProtocolVersion;
import dev.atmd.protocol.message.SessionView;
import dev.atmd.protocol.message.SubscribeRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the daemon, which waits for each answer. Thread-safe: questions take turns, and
 * {@link #close} from another thread ends a wait. After {@link #subscribe} the connection belongs
 * to its {@link EventStream} and answers no more questions; reports still go. A connection that
 * failed stays failed: open another.
 */
public final class AtmdClient implements AutoCloseable {
  private static final ClientMessageWriter WRITER =
      new ClientMessageWriter(ProtocolVersion.CURRENT);

  private final LineChannel lines;
  private final Timeouts timeouts;
  private final Connected greeting;

  /** Held while a question waits for its answer; guards the three fields below. */
  private final ReentrantLock turn = new ReentrantLock();

  private long pings;
  private boolean hasReported;
  private boolean isSubscribed;

  private AtmdClient(LineChannel lines, Timeouts timeouts, Connected greeting) {
    this.lines = lines;
    this.timeouts = timeouts;
    this.greeting = greeting;
  }

  /** Connects under an id that the daemon gives. */
  public static AtmdClient connect(Path socket) throws IOException {
    return connect(socket, null, Timeouts.DEFAULT);
  }

  /**
   * Connects and greets.
   *
   * @param clientId what the daemon calls this client; null to let it choose
   * @throws AtmdException if nobody listens, or in another version, or not in time
   */
  public static AtmdClient connect(Path socket, @Nullable String clientId, Timeouts timeouts)
      throws IOException {
    var lines = LineChannel.open(socket, timeouts.handshake());
    try {
      return new AtmdClient(lines, timeouts, greeting(lines, clientId, timeouts));
    } catch (IOException | RuntimeException e) {
      lines.close();
      throw e;
    }
  }

  private static Connected greeting(LineChannel lines, @Nullable String clientId, Timeouts timeouts)
      throws IOException {
    say(lines, WRITER.connect(clientId), timeouts.handshake());
    var first = lines.read(timeouts.handshake());
    if (first == null) {
      throw new TimedOut("greeting", timeouts.handshake());
    }
    return switch (understood(first)) {
      case Connected connected when connected.version().isCompatible() -> connected;
      case Connected(var version, _) -> throw WrongVersion.of(version);
      case Rejected(_, var version) -> throw WrongVersion.of(version);
      case Failed failed -> throw new Refused(failed);
      case DaemonMessage other -> throw new Garbled("the first line is a " + nameOf(other), null);
    };
  }

  /** What both ends speak. */
  public ProtocolVersion version() {
    return greeting.version();
  }

  /** What the daemon calls this client. */
  public String clientId() {
    return greeting.clientId();
  }

  /** All sessions at this moment. */
  public List<SessionView> sessions() throws IOException {
    return sessionList().message().sessions();
  }

  /** All sessions at this moment, also as the daemon wrote them. */
  public Received<SessionList> sessionList() throws IOException {
    return ask(WRITER.listSessions(), SessionList.class, "session_list");
  }

  /** How long the daemon takes to answer, there and back. */
  public Duration ping() throws IOException {
    turn.lock();
    try {
      var seq = ++pings;
      var start = System.nanoTime();
      var pong = ask(WRITER.ping(seq), Pong.class, "pong").message();
      if (pong.seq() != seq) {
        throw new Garbled("ping " + seq + " was answered with pong " + pong.seq(), null);
      }
      return Duration.ofNanos(System.nanoTime() - start);
    } finally {
      turn.unlock();
    }
  }

  /** Has the daemon look for agents that run already; answers when it has. */
  public DiscoveryComplete discover() throws IOException {
    return ask(WRITER.discover(), DiscoveryComplete.class, "discovery_complete").message();
  }

  /** Why this session has its status. */
  public Received<Explained> explain(SessionId id) throws IOException {
    if (version().minor() < 1) {
      throw WrongVersion.tooOldFor("explain", version());
    }
    return ask(WRITER.explain(id), Explained.class, "explanation");
  }

  /** What is known about the past. */
  public Received<HistoryTold> history(HistoryQuestion question) throws IOException {
    if (version().minor() < 1) {
      throw WrongVersion.tooOldFor("history", version());
    }
    return ask(WRITER.history(question), HistoryTold.class, "history");
  }

  /** What came of the latest notifications. */
  public Received<Notices> notices() throws IOException {
    if (version().minor() < 1) {
      throw WrongVersion.tooOldFor("notices", version());
    }
    return ask(WRITER.notices(), Notices.class, "notices");
  }

  /** Has a test told by all channels, and answers what came of that and of those before it. */
  public Received<Notices> testNotices() throws IOException {
    if (version().minor() < 1) {
      throw WrongVersion.tooOldFor("notify_test", version());
    }
    return ask(WRITER.testNotices(), Notices.class, "notices");
  }

  /** The daemon's metrics as Prometheus text. */
  public String metrics() throws IOException {
    if (version().minor() < 1) {
      throw WrongVersion.tooOldFor("metrics", version());
    }
    return ask(WRITER.metrics(), Metrics.class, "metrics").message().text();
  }

  /** An address that logs one browser in at the dashboard, once and soon. */
  public String dashboard() throws IOException {
    if (version().minor() < 1) {
      throw WrongVersion.tooOldFor("dashboards", version());
    }
    return ask(WRITER.web(), Dashboard.class, "web").message().url();
  }

  /**
   * Sends a report and does not wait for what becomes of it; {@link #settle} tells.
   *
   * @param type "status_update", "hook_event" or "pi_event"
   * @param json the payload, one JSON value on one line
   */
  public void report(String type, String json) throws IOException {
    turn.lock();
    try {
      if (!isSubscribed) {
        discardAnswers();
      }
      hasReported = true;
      lines.write(WRITER.report(type, json), timeouts.reply());
    } finally {
      turn.unlock();
    }
  }

  /**
   * Waits until the daemon has dealt with all reports; the earlier questions took their answers.
   */
  public List<Failed> settle() throws IOException {
    turn.lock();
    try {
      requireTurn();
      return settled(new byte[0]);
    } finally {
      turn.unlock();
    }
  }

  /** Hands this connection over to the events that are asked for. */
  public EventStream subscribe(SubscribeRequest request) throws IOException {
    turn.lock();
    try {
      requireTurn();
      if (hasReported) {
        settled(new byte[0]);
      }
      lines.write(WRITER.subscribe(request), timeouts.reply());
      isSubscribed = true;
      return new EventStream(this, lines, WRITER, timeouts);
    } finally {
      turn.unlock();
    }
  }

  /** Ends the connection. Idempotent. */
  @Override
  public void close() {
    lines.close();
  }

  private <M extends DaemonMessage> Received<M> ask(byte[] question, Class<M> answer, String word)
      throws IOException {
    turn.lock();
    try {
      requireTurn();
      if (hasReported) {
        settled(question);
      } else {
        say(lines, question, timeouts.reply());
      }
      while (true) {
        var received = next(word);
        if (answer.isInstance(received.message())) {
          return new Received<>(answer.cast(received.message()), received.json());
        }
        if (received.message() instanceof Failed failed) {
          throw new Refused(failed);
        }
      }
    } finally {
      turn.unlock();
    }
  }

  /**
   * Sends {@code question} behind a ping: errors before the pong belong to reports, since answers
   * come in the order of the questions (atm-protocol §11).
   */
  private List<Failed> settled(byte[] question) throws IOException {
    var seq = ++pings;
    var both = new ByteArrayOutputStream();
    both.writeBytes(WRITER.ping(seq));
    both.writeBytes(question);
    say(lines, both.toByteArray(), timeouts.reply());
    var failures = new ArrayList<Failed>();
    while (true) {
      switch (next("pong").message()) {
        case Pong(var answered) when answered == seq -> {
          hasReported = false;
          return List.copyOf(failures);
        }
        case Failed failed -> failures.add(failed);
        case DaemonMessage _ -> {}
      }
    }
  }

  /** A daemon that cannot get rid of its errors would stop reading. */
  private void discardAnswers() throws IOException {
    while (lines.read(Duration.ZERO) != null) {
      hasReported = true;
    }
  }

  private Received<DaemonMessage> next(String awaited) throws IOException {
    var line = lines.read(timeouts.reply());
    if (line == null) {
      lines.close();
      throw new TimedOut(awaited, timeouts.reply());
    }
    return received(line);
  }

  private void requireTurn() {
    if (isSubscribed) {
      throw new IllegalStateException("this connection only listens; ask on another");
    }
  }

  /** A daemon that no longer reads may have said why: how it ends is for the next read to tell. */
  private static void say(LineChannel lines, byte[] line, Duration timeout) throws AtmdException {
    try {
      lines.write(line, timeout);
    } catch (ConnectionLost _) {
      // The read that follows finds the reason, or the end.
    }
  }

  static Received<DaemonMessage> received(byte[] line) throws AtmdException {
    return new Received<>(understood(line), new String(line, StandardCharsets.UTF_8));
  }

  private static DaemonMessage understood(byte[] line) throws AtmdException {
    try {
      return DaemonMessageReader.read(line);
    } catch (IOException e) {
      throw new Garbled("a line of " + line.length + " bytes is no message", e);
    }
  }

  private static String nameOf(DaemonMessage message) {
    return message instanceof DaemonMessage.Unknown(var type)
        ? "`" + type + "`"
        : message.getClass().getSimpleName();
  }
}
