package dev.atmd.server.process;

import dev.atmd.core.session.Harness;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which program a process is (atm-behaviour §9 D2 to D4). It is an agent by its executable, by the
 * name it was called by, or as the script of an interpreter; a path among other arguments proves
 * nothing.
 */
final class HarnessMatcher {
  private static final Set<String> INTERPRETERS =
      Set.of(
          "node", "bun", "deno", "npx", "tsx", "python", "perl", "ruby", "sh", "dash", "bash",
          "env");

  /** Options of those interpreters whose value is an argument of its own. */
  private static final Set<String> WITH_VALUE =
      Set.of(
          "-r",
          "--require",
          "--import",
          "--loader",
          "--experimental-loader",
          "--env-file",
          "-C",
          "-W",
          "-X");

  private HarnessMatcher() {}

  static Optional<Harness> match(Optional<String> executable, List<String> commandLine) {
    var byExecutable = executable.flatMap(HarnessMatcher::byPath);
    if (byExecutable.isPresent() || commandLine.isEmpty()) {
      return byExecutable;
    }
    var program = commandLine.getFirst();
    var byName = byName(program).or(() -> byPath(program));
    if (byName.isPresent() || !isInterpreter(program)) {
      return byName;
    }
    return script(commandLine).flatMap(HarnessMatcher::byPath);
  }

  /** The first argument that is neither an option nor the value of one. */
  private static Optional<String> script(List<String> commandLine) {
    for (var i = 1; i < commandLine.size(); i++) {
      var argument = commandLine.get(i);
      if (WITH_VALUE.contains(argument)) {
        i++;
      } else if (!argument.startsWith("-")) {
        return Optional.of(argument);
      }
    }
    return Optional.empty();
  }

  /** A bare name counts for Claude Code only: "pi" alone is too short to mean anything. */
  private static Optional<Harness> byName(String program) {
    return program.equals("claude") ? Optional.of(Harness.CLAUDE) : Optional.empty();
  }

  private static Optional<Harness> byPath(String path) {
    if (path.endsWith("/claude") || path.contains("claude/versions/")) {
      return Optional.of(Harness.CLAUDE);
    }
    return path.endsWith("/pi") || path.contains("pi-coding-agent")
        ? Optional.of(Harness.PI)
        : Optional.empty();
  }

  /** Also with a version behind its name, as in "python3.13". */
  private static boolean isInterpreter(String path) {
    var name = path.substring(path.lastIndexOf('/') + 1);
    return INTERPRETERS.contains(name.replaceFirst("[0-9.]+$", ""));
  }
}
