package dev.atmd.client.cli;

import dev.atmd.client.setup.Change;
import dev.atmd.client.setup.Connection;
import dev.atmd.client.setup.Connection.Todo;
import dev.atmd.client.setup.Connections;
import dev.atmd.client.setup.Installation;
import dev.atmd.core.session.Harness;
import dev.atmd.core.text.TerminalText;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * A part of {@code atm} that changes settings of harnesses: it shows what it would change, asks,
 * and does it. picocli fills it in; confined to the main thread.
 */
abstract class SettingsCommand implements Callable<Integer> {
  private static final int FAILED = 1;

  @SuppressWarnings("NullAway.Init")
  @ParentCommand
  private Atm atm;

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Option(
      names = {"-y", "--yes"},
      description = "Do it without asking.")
  private boolean yes;

  @Option(names = "--dry-run", description = "Show what would change, and change nothing.")
  private boolean dryRun;

  @Parameters(
      paramLabel = "HARNESS",
      converter = Words.OfHarness.class,
      description = "Only these, such as claude or codex.")
  private List<Harness> chosen = new ArrayList<>();

  private boolean hasFailed;

  @Override
  public final Integer call() throws IOException {
    var todo = new LinkedHashMap<Connection, Todo>();
    for (var connection : chosenOf(connections())) {
      todo.put(connection, todo(connection));
    }
    todo.forEach(this::show);
    var changes = todo.values().stream().mapToInt(each -> each.changes().size()).sum();
    if (changes > 0 && !dryRun && mayGoOn(changes)) {
      todo.forEach(this::carryOut);
      finish(installation()).ifPresent(out()::println);
    }
    return hasFailed ? FAILED : 0;
  }

  /** Those named on the command line, or else those that this command is for. */
  private List<Connection> chosenOf(List<Connection> all) throws IOException {
    if (chosen.isEmpty()) {
      return unnamed(all);
    }
    return all.stream().filter(each -> chosen.contains(each.harness())).toList();
  }

  private List<Connection> connections() throws IOException {
    var installation = installation();
    requireComplete(installation);
    return Connections.of(installation, environment());
  }

  private Installation installation() throws IOException {
    return Installation.find(environment())
        .orElseThrow(() -> new IOException("cannot tell where atm is installed"));
  }

  final Map<String, String> environment() {
    return atm.surroundings().environment();
  }

  abstract void requireComplete(Installation installation) throws IOException;

  /** What to work on when nothing is named. */
  abstract List<Connection> unnamed(List<Connection> all) throws IOException;

  abstract Todo todo(Connection connection);

  /** What is said of a harness that needs no change. */
  abstract String nothingToDo();

  /** What is asked before {@code files} are changed. */
  abstract String question(String files);

  /** Whether it may be done where nobody can be asked. */
  abstract boolean mayGoOnUnasked();

  /** What is left to say once a harness has been dealt with. */
  abstract String advice(Connection connection);

  /** What is done once files were written, and what to say of it. */
  abstract Optional<String> finish(Installation installation);

  private void show(Connection connection, Todo todo) {
    var name = connection.harness().displayName();
    for (var problem : todo.problems()) {
      fail(problem);
    }
    if (todo.changes().isEmpty()) {
      if (todo.problems().isEmpty()) {
        out().println(name + ": " + nothingToDo());
      }
      return;
    }
    out().println(paint().apply(Paint.Color.BOLD, name));
    for (var change : todo.changes()) {
      try {
        change.diff().forEach(line -> out().println(painted(TerminalText.neutral(line))));
      } catch (IOException e) {
        fail(e.getMessage());
      }
    }
    out().println();
  }

  private String painted(String line) {
    var color =
        line.startsWith("+")
            ? Paint.Color.GREEN
            : line.startsWith("-")
                ? Paint.Color.RED
                : line.startsWith("@") ? Paint.Color.DIM : Paint.Color.PLAIN;
    return paint().apply(color, line);
  }

  private boolean mayGoOn(int changes) throws IOException {
    if (yes) {
      return true;
    }
    var terminal = atm.surroundings().terminal();
    out().flush();
    var answer = terminal.ask(question(changes == 1 ? "this file" : "these " + changes + " files"));
    if (answer.isPresent()) {
      var isYes = List.of("y", "yes").contains(answer.get().strip().toLowerCase(Locale.ROOT));
      if (!isYes) {
        out().println("Nothing was changed.");
      }
      return isYes;
    }
    if (!mayGoOnUnasked()) {
      throw new IOException(
          "nothing was changed: there is no terminal to ask on; say --yes to do it, or --dry-run");
    }
    return true;
  }

  private void carryOut(Connection connection, Todo todo) {
    var isDone = false;
    for (var change : todo.changes()) {
      isDone |= carryOut(change);
    }
    var advice = advice(connection);
    if (isDone && !advice.isEmpty()) {
      out().println("  " + TerminalText.neutral(advice));
    }
  }

  private boolean carryOut(Change change) {
    var path = TerminalText.neutral(change.path().toString());
    try {
      var backup = change.apply();
      out().println((change.isRemoval() ? "removed " : "wrote ") + path);
      backup.ifPresent(kept -> out().println("  backup: " + TerminalText.neutral(kept.toString())));
      return true;
    } catch (IOException e) {
      var reason = String.valueOf(e.getMessage());
      fail(reason.startsWith(path) ? reason : path + ": " + reason);
      return false;
    }
  }

  private void fail(@Nullable String problem) {
    hasFailed = true;
    spec.commandLine().getErr().println("atm: " + TerminalText.neutral(String.valueOf(problem)));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private Paint paint() {
    return atm.surroundings().paint();
  }
}
