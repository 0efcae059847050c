package dev.atmd.it;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Calls of {@code bin/atm-hook} as an agent makes them. */
final class Hook {
  private final ProcessBuilder builder;
  private final Path socket;

  /** What came of a call. */
  record Ended(int exitCode, String output, Duration took) {}

  private Hook(ProcessBuilder builder, Path socket) {
    this.builder = builder;
    this.socket = socket;
  }

  static String script() {
    return Checkout.root().resolve("bin").resolve("atm-hook").toString();
  }

  static Hook of(Sender sender, Path socket, String... arguments) {
    var command = new ArrayList<>(List.of(script()));
    command.addAll(List.of(arguments));
    return of(sender, socket, command);
  }

  /** A call through a shell, which stands between the agent and the hook. */
  static Hook throughShell(Sender sender, Path socket, String arguments) {
    return of(sender, socket, List.of("sh", "-c", "\"$0\" " + arguments + "; true", script()));
  }

  private static Hook of(Sender sender, Path socket, List<String> command) {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("(ATM|TMUX|CLAUDE|DROID|FACTORY|GEMINI|QWEN).*"));
    var hook = new Hook(builder, socket);
    hook.with("ATM_SOCKET", socket.toString());
    hook.with("ATMD_CACHE_DIR", sender.cache().toString());
    return hook;
  }

  Hook with(String variable, String value) {
    builder.environment().put(variable, value);
    return this;
  }

  /** Where it puts what nobody listens for. */
  Path spool() {
    return spool(socket);
  }

  static Path spool(Path socket) {
    return socket.resolveSibling(socket.getFileName() + ".spool");
  }

  Ended call(String payload) {
    return call(payload, true);
  }

  /** Never says that the payload is over. */
  Ended callWithOpenInput(String payload) {
    return call(payload, false);
  }

  private Ended call(String payload, boolean closes) {
    try {
      var begun = System.nanoTime();
      var process = builder.start();
      write(process.getOutputStream(), payload, closes);
      if (!process.waitFor(TestClient.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        fail("the hook does not end: %s", builder.command());
      }
      var took = Duration.ofNanos(System.nanoTime() - begun);
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.exitValue(), output, took);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for a hook", e);
    }
  }

  /** A hook that does not read all has ended; what it answers shows whether that was right. */
  private static void write(OutputStream input, String payload, boolean closes) {
    try {
      input.write(payload.getBytes(StandardCharsets.UTF_8));
      input.flush();
      if (closes) {
        input.close();
      }
    } catch (IOException _) {
      // It does not read.
    }
  }

  /** The lines that wait in the spool. */
  List<String> spooled() {
    try {
      var events = spool().resolve("events.jsonl");
      return Files.exists(events)
          ? Files.readAllLines(events).stream().filter(line -> !line.isEmpty()).toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
