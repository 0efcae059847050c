package dev.atmd.client.top;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The tmux that this process runs in, or the usual one. It is given lists of arguments, never a
 * line for a shell; the only words of a payload among them are {@link PaneId}s. Thread-safe.
 */
final class Tmux implements Panes {
  private static final long PATIENCE_SECONDS = 2;

  private final Map<String, String> environment;

  Tmux(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Pane find(PaneId pane) throws IOException {
    var format = "#{pane_id} #{pane_pid} #{pane_in_mode} #{pane_dead}";
    var words = run("display-message", "-p", "-t", pane.value(), format).strip().split(" ", -1);
    if (words.length != 4 || !words[0].equals(pane.value()) || !words[1].matches("[0-9]{1,10}")) {
      throw new IOException("this tmux has no pane " + pane.value());
    }
    return new Pane(Long.parseLong(words[1]), !words[2].equals("0"), words[3].equals("1"));
  }

  @Override
  public void go(PaneId pane) throws IOException {
    if (environment.getOrDefault("TMUX", "").isEmpty()) {
      var session = run("display-message", "-p", "-t", pane.value(), "#{session_name}").strip();
      throw new IOException(
          "this dashboard runs outside of tmux; the pane is "
              + pane.value()
              + " of the tmux session “"
              + session
              + "”");
    }
    run(
        "select-window",
        "-t",
        pane.value(),
        ";",
        "select-pane",
        "-t",
        pane.value(),
        ";",
        "switch-client",
        "-t",
        pane.value());
  }

  @Override
  public void type(PaneId pane, Typing typing) throws IOException {
    switch (typing) {
      case Typing.Press(var key) -> run("send-keys", "-t", pane.value(), key);
      case Typing.Digit(var digit) ->
          run("send-keys", "-t", pane.value(), "-l", "--", String.valueOf(digit));
      case Typing.Text(var text) ->
          run(
              "send-keys",
              "-t",
              pane.value(),
              "-l",
              "--",
              literal(text),
              ";",
              "send-keys",
              "-t",
              pane.value(),
              "Enter");
    }
  }

  /** tmux takes a semicolon at the end of an argument for the end of its command. */
  private static String literal(String text) {
    return text.endsWith(";") ? text.substring(0, text.length() - 1) + "\\;" : text;
  }

  @Override
  public List<String> tail(PaneId pane, int lines) throws IOException {
    var all =
        run("capture-pane", "-p", "-t", pane.value())
            .lines()
            .filter(line -> !line.isBlank())
            .toList();
    return all.subList(Math.max(0, all.size() - lines), all.size());
  }

  private String run(String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add("tmux");
    command.addAll(List.of(arguments));
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new IOException("there is no tmux here that could be run", e);
    }
    try {
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("tmux does not answer");
      }
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.exitValue() != 0) {
        throw new IOException("tmux: " + output.strip());
      }
      return output;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for tmux", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
