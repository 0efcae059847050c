package dev.atmd.server.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Something that can be configured. The file config/atmd.toml says what each is for. */
public enum Setting {
  SOCKET_PATH("socket.path", new Kind.Text()),
  SOCKET_LEGACY_LINK("socket.legacy_link", new Kind.OneOf("true", "false")),
  SOCKET_TRANSPORT("socket.transport", new Kind.OneOf("auto", "epoll", "nio")),
  STATE_DIR("state.dir", new Kind.Text()),
  SPOOL_DIR("spool.dir", new Kind.Text()),
  LIMITS_SESSIONS("limits.sessions", new Kind.Count(1, 10_000_000)),
  LIMITS_SUBSCRIBERS("limits.subscribers", new Kind.Count(1, 1_000_000)),
  LIMITS_CONNECTIONS("limits.connections", new Kind.Count(1, 1_000_000)),
  LIMITS_PROCESS_CONNECTIONS("limits.process_connections", new Kind.Count(1, 1_000_000)),
  LIMITS_FRAME_BYTES("limits.frame_bytes", new Kind.Count(1_024, 64 * 1_024 * 1_024)),
  LIMITS_UNFINISHED_BYTES("limits.unfinished_bytes", new Kind.Count(65_536, 1_073_741_824)),
  LIMITS_MAILBOX("limits.mailbox", new Kind.Count(1, 1_000_000)),
  LIMITS_BAD_LINES("limits.bad_lines", new Kind.Count(1, 1_000_000)),
  LIMITS_REQUESTS("limits.requests", new Kind.Count(1, 1_000_000)),
  LIMITS_OUTBOX_EVENTS("limits.outbox_events", new Kind.Count(1, 10_000_000)),
  LIMITS_OUTBOX_BYTES("limits.outbox_bytes", new Kind.Count(65_536, 1_073_741_824)),
  LIMITS_OUTBOXES_BYTES("limits.outboxes_bytes", new Kind.Count(65_536, 1_073_741_824)),
  LIMITS_RESUMABLE_EVENTS("limits.resumable_events", new Kind.Count(0, 1_000_000)),
  LIMITS_PROMPT_CHARS("limits.prompt_chars", new Kind.Count(1, 1_048_576)),
  LIMITS_TEXTS_BYTES("limits.texts_bytes", new Kind.Count(1_048_576, 1_073_741_824)),
  LIMITS_REMEMBERED_EVENTS("limits.remembered_events", new Kind.Count(1, 10_000_000)),
  STORE_ENABLED("store.enabled", new Kind.OneOf("true", "false")),
  STORE_WINDOW("store.window_seconds", new Kind.Seconds(0)),
  STORE_WAITING_BYTES("store.waiting_bytes", new Kind.Count(65_536, 1_073_741_824)),
  STORE_HISTORY_DAYS("store.history_days", new Kind.Count(1, 36_500)),
  STORE_HISTORY_BYTES("store.history_bytes", new Kind.Count(1_048_576, 1L << 40)),
  STORE_PROMPTS("store.prompts", new Kind.OneOf("true", "false")),
  STORE_REDACT("store.redact", new Kind.Regex()),
  NOTIFY_CHANNELS("notify.channels", new Kind.AnyOf("desktop", "terminal", "command", "webhook")),
  NOTIFY_ON("notify.on", new Kind.AnyOf("needs_input", "done", "failed", "died", "quota")),
  NOTIFY_PROJECTS("notify.projects", new Kind.Regex()),
  NOTIFY_SETTLES("notify.settles_seconds", new Kind.Seconds(0)),
  NOTIFY_TURN("notify.turn_seconds", new Kind.Seconds(0)),
  NOTIFY_COOLDOWN("notify.cooldown_seconds", new Kind.Seconds(0)),
  NOTIFY_ESCALATES("notify.escalates_seconds", new Kind.Seconds(0)),
  NOTIFY_ESCALATION(
      "notify.escalation", new Kind.AnyOf("desktop", "terminal", "command", "webhook")),
  NOTIFY_QUOTA("notify.quota_percent", new Kind.Count(1, 1_000)),
  NOTIFY_QUIET("notify.quiet", new Kind.HoursIfAny()),
  NOTIFY_COMMAND("notify.command", new Kind.Text()),
  NOTIFY_WEBHOOK("notify.webhook", new Kind.AddressIfAny()),
  NOTIFY_WEBHOOK_PLAIN("notify.webhook_plain", new Kind.OneOf("true", "false")),
  NOTIFY_FORMAT("notify.format", new Kind.OneOf("json", "slack", "ntfy")),
  NOTIFY_SECRET("notify.secret_file", new Kind.Text()),
  TIMEOUTS_HANDSHAKE("timeouts.handshake_seconds", new Kind.Seconds(0.001)),
  TIMEOUTS_STALLED_FRAME("timeouts.stalled_frame_seconds", new Kind.Seconds(0.001)),
  TIMEOUTS_STALLED_SUBSCRIBER("timeouts.stalled_subscriber_seconds", new Kind.Seconds(0.001)),
  TIMEOUTS_SILENCE("timeouts.silence_seconds", new Kind.Seconds(0.001)),
  TIMEOUTS_EVICTABLE("timeouts.evictable_seconds", new Kind.Seconds(0)),
  HOUSEKEEPING_LIVENESS("housekeeping.liveness_seconds", new Kind.Seconds(0.01)),
  HOUSEKEEPING_GIT("housekeeping.git_seconds", new Kind.Seconds(0.01)),
  HOUSEKEEPING_DISCOVERY("housekeeping.discovery_seconds", new Kind.Seconds(0)),
  STREAMS_CODEX("streams.codex", new Kind.SocketIfAny()),
  STREAMS_OPENCODE("streams.opencode", new Kind.ServiceIfAny()),
  STREAMS_MESSAGE_BYTES("streams.message_bytes", new Kind.Count(1_024, 256 * 1_024 * 1_024)),
  STREAMS_ANSWER("streams.answer_seconds", new Kind.Seconds(0.001)),
  STREAMS_SILENCE("streams.silence_seconds", new Kind.Seconds(0.001)),
  STREAMS_PAUSE("streams.pause_seconds", new Kind.Seconds(0.001)),
  WEB_ENABLED("web.enabled", new Kind.OneOf("true", "false")),
  WEB_LISTEN("web.listen", new Kind.Listen()),
  WEB_HOSTS("web.hosts", new Kind.Text()),
  WEB_TLS_CERT("web.tls_cert", new Kind.Text()),
  WEB_TLS_KEY("web.tls_key", new Kind.Text()),
  WEB_REDACTED("web.redacted", new Kind.OneOf("true", "false")),
  WEB_SCRAPERS("web.scrapers", new Kind.Accounts()),
  WEB_CONNECTIONS("web.connections", new Kind.Count(1, 10_000)),
  WEB_STREAMS("web.streams", new Kind.Count(1, 10_000)),
  OTLP_URL("otlp.url", new Kind.CollectorIfAny()),
  OTLP_INTERVAL("otlp.interval_seconds", new Kind.Seconds(1)),
  OTLP_HEADERS_FILE("otlp.headers_file", new Kind.Text()),
  OTLP_ATTRIBUTES("otlp.attributes", new Kind.Attributes()),
  THREADS_EVENT_LOOPS("threads.event_loops", new Kind.Count(1, 256)),
  LOG_LEVEL("log.level", new Kind.OneOf("error", "warning", "info", "debug")),
  LOG_FILE_BYTES("log.file_bytes", new Kind.Count(65_536, Integer.MAX_VALUE)),
  LOG_FILES("log.files", new Kind.Count(1, 1_000));

  private final String key;
  private final Kind kind;

  Setting(String key, Kind kind) {
    this.key = key;
    this.kind = kind;
  }

  /** The values a setting can have. */
  sealed interface Kind {
    /** Whether {@code value} is one of them. */
    boolean accepts(String value);

    /** The values, in words. */
    String expected();

    record Text() implements Kind {
      @Override
      public boolean accepts(String value) {
        return true;
      }

      @Override
      public String expected() {
        return "text";
      }
    }

    record OneOf(List<String> words) implements Kind {
      OneOf(String... words) {
        this(List.of(words));
      }

      @Override
      public boolean accepts(String value) {
        return words.contains(value);
      }

      @Override
      public String expected() {
        return "one of " + String.join(", ", words);
      }
    }

    record Count(long min, long max) implements Kind {
      @Override
      public boolean accepts(String value) {
        return value.matches("\\d{1,18}")
            && Long.parseLong(value) >= min
            && Long.parseLong(value) <= max;
      }

      @Override
      public String expected() {
        return "a whole number from " + min + " to " + max;
      }
    }

    /** Words with commas between them, or none. */
    record AnyOf(List<String> words) implements Kind {
      AnyOf(String... words) {
        this(List.of(words));
      }

      @Override
      public boolean accepts(String value) {
        return words.containsAll(split(value));
      }

      static List<String> split(String value) {
        return Stream.of(value.split(",", -1))
            .map(String::strip)
            .filter(word -> !word.isEmpty())
            .toList();
      }

      @Override
      public String expected() {
        return "empty, or some of " + String.join(", ", words) + ", with commas between them";
      }
    }

    record HoursIfAny() implements Kind {
      private static final String TIME = "([01]\\d|2[0-3]):[0-5]\\d";

      @Override
      public boolean accepts(String value) {
        return value.isEmpty() || value.matches(TIME + "-" + TIME);
      }

      @Override
      public String expected() {
        return "empty, or hours such as 22:00-07:30";
      }
    }

    record AddressIfAny() implements Kind {
      @Override
      public boolean accepts(String value) {
        return value.isEmpty() || OutboundUrl.parse(value).isPresent();
      }

      @Override
      public String expected() {
        return "empty, or an address such as https://example.org/hook, without a user or #";
      }
    }

    record CollectorIfAny() implements Kind {
      @Override
      public boolean accepts(String value) {
        return value.isEmpty() || CollectorUrl.parse(value).isPresent();
      }

      @Override
      public String expected() {
        return "empty, or an https address with its path, such as"
            + " https://collector.example.org/v1/metrics; one of this machine may be plain, such as"
            + " http://127.0.0.1:4318/v1/metrics; without a user, ? or #";
      }
    }

    /** Pairs such as {@code host.name=box} with commas between them, or none. */
    record Attributes() implements Kind {
      private static final Pattern PAIR = Pattern.compile("([^\\s=]{1,255})=(.{1,1024})");

      @Override
      public boolean accepts(String value) {
        return AnyOf.split(value).stream().allMatch(pair -> PAIR.matcher(pair).matches());
      }

      static Map<String, String> split(String value) {
        var all = new LinkedHashMap<String, String>();
        for (var pair : AnyOf.split(value)) {
          var parts = pair.split("=", 2);
          all.put(parts[0], parts[1]);
        }
        return all;
      }

      @Override
      public String expected() {
        return "empty, or names with values such as host.name=box, with commas between them";
      }
    }

    /** Names or numbers of accounts with commas between them, or none. */
    record Accounts() implements Kind {
      private static final Pattern ACCOUNT = Pattern.compile("\\d{1,10}|[A-Za-z_][\\w.@$-]{0,254}");

      @Override
      public boolean accepts(String value) {
        return AnyOf.split(value).stream().allMatch(word -> ACCOUNT.matcher(word).matches());
      }

      @Override
      public String expected() {
        return "empty, or names or numbers of accounts such as prometheus or 998, with commas"
            + " between them";
      }
    }

    record Regex() implements Kind {
      @Override
      public boolean accepts(String value) {
        try {
          Pattern.compile(value);
          return true;
        } catch (PatternSyntaxException _) {
          return false;
        }
      }

      @Override
      public String expected() {
        return "a regular expression";
      }
    }

    record Listen() implements Kind {
      @Override
      public boolean accepts(String value) {
        return ListenAddress.parse(value).isPresent();
      }

      @Override
      public String expected() {
        return "an address and a port, such as 127.0.0.1:7717 or [::1]:0";
      }
    }

    record SocketIfAny() implements Kind {
      @Override
      public boolean accepts(String value) {
        return value.isEmpty() || value.equals(StreamPlaces.DEFAULT) || value.startsWith("/");
      }

      @Override
      public String expected() {
        return "empty, \"default\", or the absolute path of a socket";
      }
    }

    record ServiceIfAny() implements Kind {
      @Override
      public boolean accepts(String value) {
        return value.isEmpty()
            || value.equals(StreamPlaces.DEFAULT)
            || value.startsWith("/")
            || LoopbackUrl.parse(value).isPresent();
      }

      @Override
      public String expected() {
        return "empty, \"default\", the absolute path of a service.json, or a URL like"
            + " http://127.0.0.1:4096";
      }
    }

    record Seconds(double min) implements Kind {
      /** A year: whoever wants longer wants never, and there is no never. */
      private static final double MAX = 366.0 * 24 * 3_600;

      @Override
      public boolean accepts(String value) {
        return value.matches("\\d{1,9}(\\.\\d{1,9})?")
            && Double.parseDouble(value) >= min
            && Double.parseDouble(value) <= MAX;
      }

      @Override
      public String expected() {
        return "a number of seconds, at least %s, at most a year".formatted(min);
      }
    }
  }

  static Optional<Setting> ofKey(String key) {
    return List.of(values()).stream().filter(setting -> setting.key.equals(key)).findFirst();
  }

  /** Its name in the file, with the table it stands in. */
  public String key() {
    return key;
  }

  Kind kind() {
    return kind;
  }

  /** The variable of the environment that sets it. */
  String variable() {
    return "ATMD_" + key.toUpperCase(Locale.ROOT).replace('.', '_');
  }
}
