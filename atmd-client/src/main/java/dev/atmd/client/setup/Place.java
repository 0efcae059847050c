package dev.atmd.client.setup;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where a harness keeps something.
 *
 * @param variable the variable of the environment that moves the directory; empty if there is none
 * @param standard where it is otherwise, below the home directory
 * @param file the file or directory below that
 */
record Place(String variable, String standard, String file) {
  private static final String CONFIG_HOME = "XDG_CONFIG_HOME";

  /** A file in a directory that some variable may move. */
  static Place in(String variable, String standard, String file) {
    return new Place(variable, standard, file);
  }

  static Place inHome(String file) {
    return new Place("", "", file);
  }

  static Place inConfig(String file) {
    return new Place(CONFIG_HOME, ".config", file);
  }

  Path resolve(Path home, Map<String, String> environment) {
    var moved = environment.getOrDefault(variable, "");
    var directory = moved.isEmpty() ? home.resolve(standard) : Path.of(moved);
    return directory.resolve(file).normalize();
  }
}
