package dev.atmd.client.top;

import dev.atmd.client.text.Script;
import dev.atmd.client.top.Happening.Pressed;
import dev.atmd.client.top.Happening.Resized;
import dev.atmd.client.top.Happening.Suspended;
import dev.atmd.client.top.Key.Named;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.NonBlockingReader;

/**
 * The terminal while the dashboard has it: raw, on its second screen. It is given back as it was,
 * however the process ends. Owns the thread {@code atm-keys}. Thread-safe: the exit of the JVM may
 * cut in while it is drawn.
 */
final class Screen implements AutoCloseable {
  private static final long LONG_MILLIS = 60_000;

  private final Terminal terminal;
  private final Script script;
  private final Attributes original;

  /** Never closed: it is the standard output of the process. */
  private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);

  private final Canvas canvas = new Canvas();
  private final ReentrantLock lock = new ReentrantLock();
  private final Thread atExit = Thread.ofPlatform().name("atm-restore").unstarted(this::restore);

  /** A permit for each time that the process went on after it had been stopped. */
  private final Semaphore goneOn = new Semaphore(0);

  private boolean isOurs;
  private boolean isClosed;

  private Screen(Terminal terminal, Script script) {
    this.terminal = terminal;
    this.script = script;
    this.original = terminal.getAttributes();
  }

  /** Takes the terminal; keys and signals go to {@code to}. */
  static Screen open(Script script, Consumer<Happening> to) throws IOException {
    Terminal terminal;
    try {
      terminal =
          TerminalBuilder.builder()
              .system(true)
              .dumb(false)
              .provider("ffm")
              .encoding(StandardCharsets.UTF_8)
              .build();
    } catch (IOException | IllegalStateException e) {
      throw new IOException("the dashboard needs a terminal to read keys from and to draw on", e);
    }
    var screen = new Screen(terminal, script);
    Runtime.getRuntime().addShutdownHook(screen.atExit);
    terminal.handle(Signal.WINCH, _ -> to.accept(new Resized()));
    terminal.handle(Signal.INT, _ -> to.accept(new Pressed(Named.CANCEL)));
    terminal.handle(Signal.TSTP, _ -> to.accept(new Suspended()));
    terminal.handle(Signal.CONT, _ -> screen.goOn(to));
    screen.take();
    Thread.ofPlatform().name("atm-keys").daemon().start(() -> screen.readKeys(to));
    return screen;
  }

  private void readKeys(Consumer<Happening> to) {
    var keys = new KeyReader(this::read);
    try {
      Key key;
      do {
        key = keys.next();
        to.accept(new Pressed(key));
      } while (key != Named.CANCEL);
    } catch (IOException _) {
      // Closed, or the terminal is gone.
      to.accept(new Pressed(Named.CANCEL));
    }
  }

  /** Never waits without an end: JLine could not be closed meanwhile, nor the process end. */
  private int read(long millis) throws IOException {
    var c = terminal.reader().read(millis == 0 ? LONG_MILLIS : millis);
    while (c == NonBlockingReader.READ_EXPIRED && millis == 0) {
      c = terminal.reader().read(LONG_MILLIS);
    }
    return c;
  }

  Size size() {
    var size = terminal.getSize();
    return new Size(size.getColumns(), size.getRows());
  }

  /** Shows the frame; writes nothing where it is shown already. */
  void draw(Frame frame) throws IOException {
    write(canvas.difference(frame.painted(script)));
  }

  /** Draws everything anew at the next frame. */
  void clear() throws IOException {
    write(canvas.clear());
  }

  /** Gives the terminal back and stops the process, as its user asked; returns when it goes on. */
  void suspend() throws IOException {
    restore();
    goneOn.drainPermits();
    try {
      var stop = new ProcessBuilder("kill", "-STOP", Long.toString(ProcessHandle.current().pid()));
      stop.inheritIO().start();
      // The signal may take its time; a terminal taken before it works would stay taken.
      goneOn.acquire();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    take();
    clear();
  }

  /** Whatever stopped the process: something else may have drawn meanwhile. */
  private void goOn(Consumer<Happening> to) {
    goneOn.release();
    to.accept(new Resized());
  }

  private void take() throws IOException {
    lock.lock();
    try {
      if (!isClosed) {
        terminal.enterRawMode();
        isOurs = true;
        write(Canvas.ENTER);
      }
    } finally {
      lock.unlock();
    }
  }

  private void restore() {
    lock.lock();
    try {
      if (isOurs) {
        write(Canvas.LEAVE);
        isOurs = false;
        terminal.setAttributes(original);
      }
    } catch (IOException _) {
      // The terminal is gone: there is nothing to restore.
    } finally {
      lock.unlock();
    }
  }

  private void write(String text) throws IOException {
    lock.lock();
    try {
      if (isOurs && !text.isEmpty()) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Gives the terminal back. Idempotent. */
  @Override
  public void close() throws IOException {
    restore();
    isClosed = true;
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException _) {
      // The JVM is going down and has run the hook itself.
    }
    terminal.close();
  }
}
