package dev.atmd.client.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The terminal this process was started on. Thread-safe. */
final class ControllingTerminal implements Terminal {
  private static final Size USUAL = new Size(80, 24);

  private final Map<String, String> environment;

  ControllingTerminal(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public boolean isInteractive() {
    return isTerminal() && !"dumb".equals(environment.get("TERM"));
  }

  @Override
  public Size size() {
    var seen = isTerminal() ? fromStty().orElse(USUAL) : Size.UNBOUNDED;
    return new Size(columns().orElse(seen.columns()), seen.rows());
  }

  @Override
  public Optional<String> ask(String question) {
    if (!isTerminal(0) || !isTerminal(1)) {
      return Optional.empty();
    }
    System.out.print(question);
    System.out.flush();
    try {
      var line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      return Optional.of(Objects.requireNonNullElse(line.readLine(), ""));
    } catch (IOException _) {
      return Optional.of("");
    }
  }

  private Optional<Integer> columns() {
    return number(environment.getOrDefault("COLUMNS", ""));
  }

  /** Standard output alone decides; a Java console would ask for standard input too. */
  private static boolean isTerminal() {
    return isTerminal(1);
  }

  private static boolean isTerminal(int descriptor) {
    try {
      var target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException _) {
      return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }
  }

  private static Optional<Size> fromStty() {
    try {
      var stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(Path.of("/dev/tty").toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(1, TimeUnit.SECONDS)) {
        stty.destroyForcibly();
        return Optional.empty();
      }
      var answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return parse(answer);
    } catch (IOException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** {@code ROWS COLUMNS}; zero where the terminal does not know. */
  static Optional<Size> parse(String answer) {
    var parts = answer.strip().split(" ", -1);
    if (parts.length != 2) {
      return Optional.empty();
    }
    var rows = number(parts[0]);
    var columns = number(parts[1]);
    return rows.isPresent() && columns.isPresent()
        ? Optional.of(new Size(columns.get(), rows.get()))
        : Optional.empty();
  }

  private static Optional<Integer> number(String text) {
    try {
      var number = Integer.parseInt(text);
      return number > 0 ? Optional.of(number) : Optional.empty();
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}
