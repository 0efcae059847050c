package dev.atmd.client.cli;

import dev.atmd.client.setup.Connection;
import dev.atmd.client.setup.Connection.Todo;
import dev.atmd.client.setup.Installation;
import dev.atmd.core.text.TerminalText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code atm setup}: has harnesses report to the daemon. */
@Command(
    name = "setup",
    description = {
      "Has the coding agents of this user report to the daemon.",
      "Shows what it would change in their settings, asks, keeps a backup. `atm uninstall` undoes"
          + " it."
    })
final class SetupCommand extends SettingsCommand {
  @Override
  void requireComplete(Installation installation) throws IOException {
    if (!installation.isComplete()) {
      throw new IOException(
          "there is no executable atm-hook beside atm in " + installation.home().resolve("bin"));
    }
  }

  @Override
  List<Connection> unnamed(List<Connection> all) throws IOException {
    var found = all.stream().filter(Connection::isFound).toList();
    if (found.isEmpty()) {
      throw new IOException(
          "no coding agent was found; name the one that you mean: "
              + all.stream().map(each -> each.harness().tag()).collect(Collectors.joining(" ")));
    }
    return found;
  }

  @Override
  Todo todo(Connection connection) {
    return connection.install();
  }

  @Override
  String nothingToDo() {
    return "already set up";
  }

  @Override
  String question(String files) {
    return "Write " + files + "? [y/N] ";
  }

  @Override
  boolean mayGoOnUnasked() {
    return false;
  }

  @Override
  String advice(Connection connection) {
    var off = connection.switchedOff();
    return off.isEmpty()
        ? connection.advice()
        : "Nothing will be reported while disableAllHooks is true in "
            + TerminalText.neutral(off.getFirst().toString());
  }

  @Override
  Optional<String> finish(Installation installation) {
    return installation
        .buildSender(environment())
        .map(sender -> "compiled " + TerminalText.neutral(sender.toString()));
  }
}
