package dev.atmd.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Where the daemon listens:
 *
 * <pre>
 * $ATM_SOCKET                  as chosen by the user, and nothing else
 * $XDG_RUNTIME_DIR/atm.sock    else this
 * /tmp/atm-UID/atm.sock        else this
 * /tmp/atm.sock                instead of the last two if only this exists (atm-protocol §1.1)
 * </pre>
 *
 * An empty variable counts as unset. Stateless and thread-safe.
 */
public final class SocketPath {
  private static final String NAME = "atm.sock";
  private static final Path TEMPORARY = Path.of("/tmp");

  private SocketPath() {}

  /** The path for the user that runs this process, given its environment. */
  public static Path of(Map<String, String> environment) {
    return of(environment, SocketPath::uid, Files::exists);
  }

  static Path of(Map<String, String> environment, Uid uid, Predicate<Path> exists) {
    var chosen = environment.getOrDefault("ATM_SOCKET", "");
    if (!chosen.isEmpty()) {
      return Path.of(chosen);
    }
    var runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    var own =
        runtime.isEmpty()
            ? TEMPORARY.resolve("atm-" + uid.value()).resolve(NAME)
            : Path.of(runtime, NAME);
    var shared = TEMPORARY.resolve(NAME);
    return !exists.test(own) && exists.test(shared) ? shared : own;
  }

  private static String uid() {
    for (var own : new String[] {"/proc/self", System.getProperty("user.home", "")}) {
      try {
        return Files.getAttribute(Path.of(own), "unix:uid", LinkOption.NOFOLLOW_LINKS).toString();
      } catch (IOException | UnsupportedOperationException _) {
        // Without /proc the owner of the home directory stands for the user.
      }
    }
    throw new IllegalStateException("cannot tell the user id of this process; set ATM_SOCKET");
  }

  /** The number of the user, asked for only when needed. */
  @FunctionalInterface
  interface Uid {
    String value();
  }
}
