package dev.atmd.client.cli;

import dev.atmd.client.setup.Connection;
import dev.atmd.client.setup.Connection.Todo;
import dev.atmd.client.setup.Installation;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code atm uninstall}: what {@code atm setup} did, undone. */
@Command(
    name = "uninstall",
    description = {
      "Takes out of the settings of coding agents what `atm setup` put in.",
      "Files that nobody else changed get every byte back. Asks where there is a terminal."
    })
final class UninstallCommand extends SettingsCommand {
  /** What is to be taken out does not depend on what is still installed. */
  @Override
  void requireComplete(Installation installation) {}

  @Override
  List<Connection> unnamed(List<Connection> all) {
    var touched = all.stream().filter(UninstallCommand::isTouched).toList();
    return touched.isEmpty() ? all.stream().filter(Connection::isFound).toList() : touched;
  }

  private static boolean isTouched(Connection connection) {
    var todo = connection.uninstall();
    return !todo.changes().isEmpty() || !todo.problems().isEmpty();
  }

  @Override
  Todo todo(Connection connection) {
    return connection.uninstall();
  }

  @Override
  String nothingToDo() {
    return "nothing of ours there";
  }

  @Override
  String question(String files) {
    return "Write " + files + "? [y/N] ";
  }

  @Override
  boolean mayGoOnUnasked() {
    return true;
  }

  @Override
  String advice(Connection connection) {
    return "";
  }

  @Override
  Optional<String> finish(Installation installation) {
    return Optional.empty();
  }
}
