package dev.atmd.server.cli;

import dev.atmd.server.files.StartException;
import java.nio.file.Path;

/** The script that started this process; it knows which Java to use, and how. */
final class Launcher {
  private static final String VARIABLE = "ATMD_LAUNCHER";

  private Launcher() {}

  /** A command beside the one that runs: "atmd" or "atm". */
  static Path command(String name) throws StartException {
    var launcher = System.getenv(VARIABLE);
    if (launcher == null) {
      throw new StartException("start this with bin/atmd: it sets $" + VARIABLE);
    }
    return Path.of(launcher).resolveSibling(name);
  }
}
