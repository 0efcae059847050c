package dev.atmd.client.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The second screen of a terminal, drawn over in place. The first one comes back as it was, however
 * the process ends. Thread-safe: the exit of the JVM may cut in while it is drawn.
 */
final class AlternateScreen implements AutoCloseable {
  /** The other screen, no cursor, no wrapping of lines. */
  private static final String ENTER = "\033[?1049h\033[?25l\033[?7l";

  private static final String LEAVE = "\033[?7h\033[?25h\033[?1049l";
  private static final String HOME = "\033[H";
  private static final String REST_OF_LINE = "\033[K";
  private static final String REST_OF_SCREEN = "\033[J";

  private final PrintWriter out;
  private final ReentrantLock lock = new ReentrantLock();
  private final Thread atExit = Thread.ofPlatform().name("atm-restore").unstarted(this::restore);
  private boolean isRestored;

  private AlternateScreen(PrintWriter out) {
    this.out = out;
  }

  static AlternateScreen enter(PrintWriter out) {
    var screen = new AlternateScreen(out);
    Runtime.getRuntime().addShutdownHook(screen.atExit);
    screen.write(ENTER);
    return screen;
  }

  /** Shows {@code lines} and nothing else; false once nobody can see them any more. */
  boolean draw(List<String> lines) {
    var frame = new StringBuilder(HOME);
    for (var i = 0; i < lines.size(); i++) {
      frame.append(i == 0 ? "" : "\r\n").append(lines.get(i)).append(REST_OF_LINE);
    }
    return write(frame.append(REST_OF_SCREEN).toString());
  }

  /** Brings the first screen back. Idempotent. */
  @Override
  public void close() {
    restore();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException _) {
      // The JVM is going down and has run the hook itself.
    }
  }

  private void restore() {
    lock.lock();
    try {
      write(LEAVE);
      isRestored = true;
    } finally {
      lock.unlock();
    }
  }

  private boolean write(String text) {
    lock.lock();
    try {
      if (!isRestored) {
        out.print(text);
      }
      return !out.checkError();
    } finally {
      lock.unlock();
    }
  }
}
