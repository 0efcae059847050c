package dev.atmd.server.log;

import dev.atmd.server.config.DaemonConfig;
import dev.atmd.server.files.OwnDirectory;
import dev.atmd.server.files.OwnFiles;
import dev.atmd.server.files.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.logging.ConsoleHandler;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sets up the JDK's logging for the process: a bounded file, and the terminal in the foreground.
 */
public final class Logs {
  private static final String OWN_LOGGERS = "dev.atmd";

  /** Held because the JDK forgets the level of a logger that nobody holds; set once, by start. */
  private static @Nullable Logger own;

  private Logs() {}

  /** To be called before any class asks for a logger: the JDK makes its log manager then. */
  public static void prepare() {
    System.setProperty("java.util.logging.manager", LastingLogManager.class.getName());
  }

  /** To be called once, before anything is logged. */
  public static void start(DaemonConfig config, boolean toTerminal, InstantSource clock)
      throws IOException, StartException {
    OwnDirectory.makePrivate(config.stateDir(), config.uid());
    var root = Logger.getLogger("");
    for (var handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    var log = config.log();
    var outputs = new ArrayList<Handler>();
    if (!Files.exists(config.logFile(), LinkOption.NOFOLLOW_LINKS)) {
      OwnFiles.create(config.logFile(), "");
    }
    outputs.add(new FileHandler(pattern(config), log.fileBytes(), log.files(), true));
    if (toTerminal) {
      outputs.add(new ConsoleHandler());
    }
    root.addHandler(new LimitedHandler(new RateLimit(clock), outputs));
    root.setLevel(Level.WARNING);
    own = Logger.getLogger(OWN_LOGGERS);
    own.setLevel(level(log.level()));
  }

  /** In a pattern of the JDK a percent sign begins a placeholder; %g is the number of the file. */
  private static String pattern(DaemonConfig config) {
    return config.stateDir().toString().replace("%", "%%")
        + "/"
        + DaemonConfig.LOG_NAME.formatted("%g");
  }

  /** Closes the log. Nothing is logged after this. */
  public static void stop() {
    var root = Logger.getLogger("");
    for (var handler : root.getHandlers()) {
      root.removeHandler(handler);
      handler.close();
    }
  }

  private static Level level(String name) {
    return switch (name) {
      case "error" -> Level.SEVERE;
      case "warning" -> Level.WARNING;
      case "debug" -> Level.FINE;
      default -> Level.INFO;
    };
  }
}
