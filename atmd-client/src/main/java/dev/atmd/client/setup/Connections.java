package dev.atmd.client.setup;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** All harnesses that can be connected, as they are on this machine for this user. */
public final class Connections {
  private final Map<String, String> environment;
  private final Path home;

  private Connections(Map<String, String> environment) {
    this.environment = environment;
    this.home =
        Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", "/")))
            .toAbsolutePath();
  }

  public static List<Connection> of(Installation installation, Map<String, String> environment) {
    return new Connections(environment).all(installation);
  }

  private List<Connection> all(Installation installation) {
    var receipts = new Receipts(state().resolve("atm").resolve("setup"));
    return Catalogue.all(installation.reporters()).stream()
        .map(setup ->
            new Connection(
                setup,
                isFound(setup),
                setup.files().stream()
                    .map(file ->
                        new FilePlan(file, path(file.place()), installation.sender(), receipts))
                    .toList()))
        .toList();
  }

  private Path state() {
    return path(new Place("XDG_STATE_HOME", ".local/state", ""));
  }

  private boolean isFound(HarnessSetup setup) {
    return setup.programs().stream().anyMatch(this::isOnPath)
        || setup.traces().stream().anyMatch(trace -> Files.exists(path(trace)));
  }

  private boolean isOnPath(String program) {
    return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .filter(directory -> !directory.isEmpty())
        .anyMatch(directory -> isProgram(directory, program));
  }

  private static boolean isProgram(String directory, String program) {
    try {
      var file = Path.of(directory, program);
      return Files.isRegularFile(file) && Files.isExecutable(file);
    } catch (InvalidPathException _) {
      return false;
    }
  }

  private Path path(Place place) {
    return place.resolve(home, environment);
  }
}
