package dev.atmd.client.setup;

import dev.atmd.core.session.Harness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A user with an installation of their own, in a temporary directory. */
record TestHome(Path home, Path installed) {
  static TestHome in(Path directory) throws IOException {
    return in(directory, "atmd");
  }

  static TestHome in(Path directory, String installation) throws IOException {
    var installed = directory.resolve(installation);
    Files.createDirectories(installed.resolve("bin"));
    new Fixture("", Path.of("..", "config", "agents"))
        .copyTo(Files.createDirectories(installed.resolve("config")).resolve("agents"));
    for (var program : new String[] {"atm", "atm-hook"}) {
      var file = installed.resolve("bin").resolve(program);
      Files.writeString(file, "#!/bin/sh\n");
      if (!file.toFile().setExecutable(true)) {
        throw new IOException("cannot make executable: " + file);
      }
    }
    return new TestHome(Files.createDirectories(directory.resolve("home")), installed);
  }

  static TestHome with(Fixture fixture, Path directory) throws IOException {
    var made = in(directory);
    fixture.copyTo(made.home());
    return made;
  }

  Map<String, String> environment() {
    return Map.of(
        "HOME", home.toString(),
        "PATH", "",
        "ATMD_LAUNCHER", installed.resolve("bin").resolve("atm").toString());
  }

  Connection connection(String harness) {
    return connection(Harness.ofTag(harness).orElseThrow());
  }

  Connection connection(Harness harness) {
    return Connections.of(new Installation(installed), environment()).stream()
        .filter(each -> each.harness() == harness)
        .findFirst()
        .orElseThrow();
  }

  /** Does all that there is to do; answers how many files were written. */
  static int apply(Connection.Todo todo) throws IOException {
    if (!todo.problems().isEmpty()) {
      throw new SetupException(todo.problems().toString());
    }
    for (var change : todo.changes()) {
      change.apply();
    }
    return todo.changes().size();
  }

  Path file(String path) {
    return home.resolve(path);
  }
}
