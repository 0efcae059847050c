package dev.atmd.client;

import dev.atmd.protocol.message.DaemonMessage.Failed;
import dev.atmd.protocol.message.ProtocolVersion;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A conversation with the daemon that failed. The message says what was seen and what to do. */
public abstract sealed class AtmdException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private AtmdException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Nobody answers at the path. */
  public static final class NotReachable extends AtmdException {
    @Serial private static final long serialVersionUID = 1L;

    NotReachable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }

    static NotReachable noDaemon(Path socket, @Nullable Throwable cause) {
      return new NotReachable(
          "no daemon listens at " + socket + ": start it with `atmd start`", cause);
    }

    static NotReachable refused(Path socket, IOException cause) {
      return new NotReachable(
          "cannot connect to " + socket + " (" + cause.getMessage() + "): see who owns it", cause);
    }
  }

  /** Somebody else's daemon answers at the path; it was told nothing. */
  public static final class Untrusted extends AtmdException {
    @Serial private static final long serialVersionUID = 1L;

    private Untrusted(String message) {
      super(message, null);
    }

    static Untrusted runBy(String user, Path socket) {
      return new Untrusted(
          "the daemon at "
              + socket
              + " runs as "
              + user
              + ", who is neither you nor root: choose another place with ATM_SOCKET");
    }
  }

  /** The two ends do not speak the same protocol, or not enough of it. */
  public static final class WrongVersion extends AtmdException {
    @Serial private static final long serialVersionUID = 1L;

    WrongVersion(String message) {
      super(message, null);
    }

    static WrongVersion of(ProtocolVersion daemon) {
      return new WrongVersion(
          "the daemon speaks protocol "
              + daemon
              + ", this client "
              + ProtocolVersion.CURRENT
              + ": install the atm that came with the daemon");
    }

    static WrongVersion tooOldFor(String what, ProtocolVersion daemon) {
      return new WrongVersion(
          what
              + " need protocol "
              + ProtocolVersion.CURRENT
              + ", the daemon speaks "
              + daemon
              + ": install a newer daemon");
    }
  }

  /** The daemon answered that it will not. */
  public static final class Refused extends AtmdException {
    @Serial private static final long serialVersionUID = 1L;

    /** What failed, for programs; null from a 1.0 daemon. */
    private final @Nullable String code;

    Refused(Failed failed) {
      super("the daemon refused: " + failed.message(), null);
      this.code = failed.code();
    }

    /** The word of the wire for what failed; a 1.0 daemon gives none. */
    public Optional<String> code() {
      return Optional.ofNullable(code);
    }
  }

  /** No answer came in time. */
  public static final class TimedOut extends AtmdException {
    @Serial private static final long serialVersionUID = 1L;

    TimedOut(String awaited, Duration timeout) {
      super(
          "no "
              + awaited
              + " within "
              + timeout.toMillis()
              + " ms: the daemon hangs or is overloaded; if it stays so, restart it",
          null);
    }
  }

  /** The connection ended before the conversation did. */
  public static final class ConnectionLost extends AtmdException {
    @Serial private static final long serialVersionUID = 1L;

    ConnectionLost(String message, @Nullable Throwable cause) {
      super(message, cause);
    }

    static ConnectionLost ended(int pendingBytes) {
      return new ConnectionLost(
          pendingBytes == 0
              ? "the daemon closed the connection: it was stopped, or it refuses this client"
              : "the daemon closed the connection in the middle of a line, after "
                  + pendingBytes
                  + " bytes of it: see its log",
          null);
    }

    static ConnectionLost broken(IOException cause) {
      return new ConnectionLost("the connection to the daemon broke: " + cause.getMessage(), cause);
    }

    static ConnectionLost closedHere(@Nullable Throwable cause) {
      return new ConnectionLost("this connection was closed by its own process", cause);
    }
  }

  /** What came is not the protocol. */
  public static final class Garbled extends AtmdException {
    @Serial private static final long serialVersionUID = 1L;

    Garbled(String message, @Nullable Throwable cause) {
      super(message + ": is it an atmd that listens there?", cause);
    }
  }
}
