package dev.atmd.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A tmux of its own, whose panes are what a person would look at. Ends with the test. */
final class TmuxServer implements AutoCloseable {
  private final Path directory;

  private TmuxServer(Path directory) {
    this.directory = directory;
  }

  /** One whose socket is in this directory; its first pane is there at once. */
  static TmuxServer start(Path directory, int columns, int rows, String... command) {
    if (!Commands.has("tmux")) {
      throw new AssertionError("the dashboard is tested in tmux, which must be on the PATH");
    }
    try {
      var server = new TmuxServer(Files.createDirectories(directory));
      var arguments = new ArrayList<String>();
      arguments.addAll(List.of("-f", "/dev/null", "new-session", "-d", "-s", "main"));
      arguments.addAll(List.of("-x", Integer.toString(columns), "-y", Integer.toString(rows)));
      arguments.addAll(List.of(command));
      server.run(arguments);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What must be in the environment of a program for which this is the usual tmux. */
  String environment() {
    return "TMUX_TMPDIR=" + directory;
  }

  String run(String... arguments) {
    return run(List.of(arguments));
  }

  private String run(List<String> arguments) {
    var command = new ArrayList<String>();
    command.add("tmux");
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    var environment = builder.environment();
    environment.remove("TMUX");
    environment.keySet().removeIf(name -> name.startsWith("ATM") || name.equals("NO_COLOR"));
    environment.put("TMUX_TMPDIR", directory.toString());
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("ATMD_NO_TRAINING", "1");
    environment.put("ATMD_CACHE_DIR", directory.resolve("cache").toString());
    environment.put("ATMD_JAVA_HOME", System.getProperty("java.home"));
    try {
      var process = builder.start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(command + " failed: " + output);
      }
      return output.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while running " + command, e);
    }
  }

  /** The pane of the first window. */
  Pane first() {
    return new Pane(ask("main:0", "#{pane_id}"));
  }

  /** A pane in a session of its own. */
  Pane open(String session, String... command) {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("new-session", "-d", "-P", "-F", "#{pane_id}", "-s", session));
    arguments.addAll(List.of(command));
    return new Pane(run(arguments));
  }

  String ask(String target, String format) {
    return run("display-message", "-p", "-t", target, format);
  }

  @Override
  public void close() {
    run("kill-server");
  }

  /** A pane, by the id that tmux gives it. */
  final class Pane {
    private final String id;

    private Pane(String id) {
      this.id = id;
    }

    String id() {
      return id;
    }

    /** The process that was started in it. */
    long pid() {
      return Long.parseLong(ask(id, "#{pane_pid}"));
    }

    /** Presses keys by their names. */
    Pane press(String... keys) {
      var arguments = new ArrayList<>(List.of("send-keys", "-t", id));
      arguments.addAll(List.of(keys));
      run(arguments);
      return this;
    }

    /** Types characters; one semicolon at the end would be taken for the end of the command. */
    Pane type(String text) {
      run("send-keys", "-t", id, "-l", "--", text.replaceFirst(";$", "\\\\;"));
      return this;
    }

    String screen() {
      return run("capture-pane", "-p", "-t", id);
    }

    Pane expect(String... texts) {
      for (var text : texts) {
        expect("“" + text + "” is on the screen", screen -> screen.contains(text));
      }
      return this;
    }

    Pane expectNot(String text) {
      return expect("“" + text + "” is not on the screen", screen -> !screen.contains(text));
    }

    Pane expect(String what, Predicate<String> condition) {
      Waiting.until(what, () -> condition.test(screen()), () -> "\n" + screen());
      return this;
    }

    /** Whether a program has the second screen, or hides the cursor. */
    String terminalState() {
      return ask(id, "alternate=#{alternate_on} cursor=#{cursor_flag}");
    }
  }
}
