package dev.atmd.server.config;

import dev.atmd.core.registry.RegistryLimits;
import dev.atmd.server.broadcast.OutboxBudget;
import dev.atmd.server.net.ConnectionLimits;
import dev.atmd.server.net.Transport;
import dev.atmd.server.notify.NotifyConfig;
import dev.atmd.server.notify.WebhookConfig;
import dev.atmd.server.otlp.ExportConfig;
import dev.atmd.server.store.StoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The configuration as the daemon uses it. */
public record DaemonConfig(
    SocketPlace socket,
    boolean legacyLink,
    Transport transport,
    Path stateDir,
    Path spoolDir,
    int maxSubscribers,
    int maxConnections,
    int maxConnectionsOfOneProcess,
    int unfinishedBytes,
    int mailbox,
    int eventLoops,
    RegistryLimits registry,
    ConnectionLimits connection,
    Housekeeping housekeeping,
    Streams streams,
    StoreConfig store,
    WebConfig web,
    NotifyConfig notifications,
    ExportConfig export,
    Log log,
    long uid) {

  /** The name of a log file, with a place for its number: 0 is the current one. */
  public static final String LOG_NAME = "atmd-%s.log";

  /** How often things are looked after; zero discovery means never on its own. */
  public record Housekeeping(Duration liveness, Duration git, Duration discovery) {}

  /**
   * Which harnesses are listened to, and how patiently.
   *
   * @param answer how long they may take to answer
   * @param silence how long they may say nothing before they are asked whether they live
   * @param longestPause between two attempts to reach one
   */
  public record Streams(
      StreamPlaces places,
      int messageBytes,
      Duration answer,
      Duration silence,
      Duration longestPause) {}

  /** How much is logged, and how much of it is kept. */
  public record Log(String level, int fileBytes, int files) {}

  /**
   * What the settings come to in this environment.
   *
   * @param uid the user who runs the daemon
   */
  public static DaemonConfig of(EffectiveConfig in, Map<String, String> environment, long uid) {
    return new DaemonConfig(
        SocketPlace.choose(in.text(Setting.SOCKET_PATH), environment, uid),
        Boolean.parseBoolean(in.text(Setting.SOCKET_LEGACY_LINK)),
        transport(in.text(Setting.SOCKET_TRANSPORT)),
        stateDir(in.text(Setting.STATE_DIR), environment, uid),
        SpoolPlace.choose(
            in.text(Setting.SPOOL_DIR),
            SocketPlace.choose(in.text(Setting.SOCKET_PATH), environment, uid),
            environment,
            stateDir("", environment, uid)),
        in.count(Setting.LIMITS_SUBSCRIBERS),
        in.count(Setting.LIMITS_CONNECTIONS),
        in.count(Setting.LIMITS_PROCESS_CONNECTIONS),
        in.count(Setting.LIMITS_UNFINISHED_BYTES),
        in.count(Setting.LIMITS_MAILBOX),
        in.count(Setting.THREADS_EVENT_LOOPS),
        registryLimits(in),
        connectionLimits(in),
        new Housekeeping(
            in.duration(Setting.HOUSEKEEPING_LIVENESS),
            in.duration(Setting.HOUSEKEEPING_GIT),
            in.duration(Setting.HOUSEKEEPING_DISCOVERY)),
        new Streams(
            StreamPlaces.choose(
                in.text(Setting.STREAMS_CODEX), in.text(Setting.STREAMS_OPENCODE), environment),
            in.count(Setting.STREAMS_MESSAGE_BYTES),
            in.duration(Setting.STREAMS_ANSWER),
            in.duration(Setting.STREAMS_SILENCE),
            in.duration(Setting.STREAMS_PAUSE)),
        new StoreConfig(
            Boolean.parseBoolean(in.text(Setting.STORE_ENABLED)),
            in.duration(Setting.STORE_WINDOW),
            Duration.ofDays(in.count(Setting.STORE_HISTORY_DAYS)),
            in.size(Setting.STORE_HISTORY_BYTES),
            Boolean.parseBoolean(in.text(Setting.STORE_PROMPTS)),
            Pattern.compile(in.text(Setting.STORE_REDACT))),
        WebConfig.of(in),
        notifications(in),
        new ExportConfig(
            CollectorUrl.parse(in.text(Setting.OTLP_URL)).orElse(null),
            in.duration(Setting.OTLP_INTERVAL),
            in.text(Setting.OTLP_HEADERS_FILE),
            Setting.Kind.Attributes.split(in.text(Setting.OTLP_ATTRIBUTES))),
        new Log(
            in.text(Setting.LOG_LEVEL),
            in.count(Setting.LOG_FILE_BYTES),
            in.count(Setting.LOG_FILES)),
        uid);
  }

  /** The file that says which process is the daemon of this state directory. */
  public Path pidFile() {
    return stateDir.resolve("atmd.pid");
  }

  /** The file that remembers, beside those that SQLite makes next to it. */
  public Path storeFile() {
    return stateDir.resolve("atmd.db");
  }

  /** The current log file. */
  public Path logFile() {
    return stateDir.resolve(LOG_NAME.formatted("0"));
  }

  private static RegistryLimits registryLimits(EffectiveConfig in) {
    return new RegistryLimits(
        in.count(Setting.LIMITS_SESSIONS),
        in.count(Setting.LIMITS_PROMPT_CHARS),
        in.count(Setting.LIMITS_TEXTS_BYTES),
        in.duration(Setting.TIMEOUTS_SILENCE),
        in.duration(Setting.TIMEOUTS_EVICTABLE),
        in.count(Setting.LIMITS_REMEMBERED_EVENTS),
        in.count(Setting.LIMITS_RESUMABLE_EVENTS),
        Boolean.parseBoolean(in.text(Setting.STORE_ENABLED))
            ? in.count(Setting.STORE_WAITING_BYTES)
            : 0);
  }

  private static ConnectionLimits connectionLimits(EffectiveConfig in) {
    return new ConnectionLimits(
        in.count(Setting.LIMITS_FRAME_BYTES),
        in.count(Setting.LIMITS_BAD_LINES),
        in.count(Setting.LIMITS_REQUESTS),
        new OutboxBudget.Limits(
            in.count(Setting.LIMITS_OUTBOX_EVENTS),
            in.count(Setting.LIMITS_OUTBOX_BYTES),
            in.count(Setting.LIMITS_OUTBOXES_BYTES)),
        in.duration(Setting.TIMEOUTS_HANDSHAKE),
        in.duration(Setting.TIMEOUTS_STALLED_FRAME),
        in.duration(Setting.TIMEOUTS_STALLED_SUBSCRIBER));
  }

  private static NotifyConfig notifications(EffectiveConfig in) {
    return new NotifyConfig(
        in.words(Setting.NOTIFY_CHANNELS),
        in.words(Setting.NOTIFY_ESCALATION),
        in.words(Setting.NOTIFY_ON),
        Pattern.compile(in.text(Setting.NOTIFY_PROJECTS)),
        in.duration(Setting.NOTIFY_SETTLES),
        in.duration(Setting.NOTIFY_TURN),
        in.duration(Setting.NOTIFY_COOLDOWN),
        in.duration(Setting.NOTIFY_ESCALATES),
        in.count(Setting.NOTIFY_QUOTA),
        hours(in.text(Setting.NOTIFY_QUIET)),
        in.text(Setting.NOTIFY_COMMAND),
        new WebhookConfig(
            OutboundUrl.parse(in.text(Setting.NOTIFY_WEBHOOK)).orElse(null),
            Boolean.parseBoolean(in.text(Setting.NOTIFY_WEBHOOK_PLAIN)),
            in.text(Setting.NOTIFY_FORMAT),
            in.text(Setting.NOTIFY_SECRET)));
  }

  private static NotifyConfig.@Nullable Hours hours(String text) {
    if (text.isEmpty()) {
      return null;
    }
    var times = text.split("-", 2);
    return new NotifyConfig.Hours(LocalTime.parse(times[0]), LocalTime.parse(times[1]));
  }

  private static Transport transport(String name) {
    return switch (name) {
      case "epoll" -> Transport.EPOLL;
      case "nio" -> Transport.NIO;
      default -> Transport.best();
    };
  }

  private static Path stateDir(String configured, Map<String, String> environment, long uid) {
    if (!configured.isEmpty()) {
      return Path.of(configured).toAbsolutePath();
    }
    var state = environment.getOrDefault("XDG_STATE_HOME", "");
    if (state.startsWith("/")) {
      return Path.of(state, "atm");
    }
    var home = environment.getOrDefault("HOME", "");
    return home.startsWith("/")
        ? Path.of(home, ".local", "state", "atm")
        : Path.of("/tmp", "atm-" + uid);
  }
}
