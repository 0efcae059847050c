package dev.atmd.client.setup;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The program that settings files call, and how its calls are recognised later: by its name, so
 * that those of an installation that was moved are found too.
 *
 * @param program its absolute path
 */
record Sender(Path program) {
  static final String NAME = "atm-hook";

  private static final String EXEC = "exec";
  private static final String STATUS_LINE = "status-line";

  /**
   * A shell command that reports what stands on its standard input. The shell becomes the program:
   * not every shell does so by itself, and a report should cost one process.
   */
  String command(String... words) {
    var line = new StringBuilder(EXEC + " " + ShellWords.quote(program.toString()));
    for (var word : words) {
      line.append(' ').append(ShellWords.quote(word));
    }
    return line.toString();
  }

  /** A status line that reports and then draws what {@code original} draws, or nothing. */
  String statusLine(String harness, @Nullable String original) {
    return original == null
        ? command(harness, STATUS_LINE)
        : command(harness, STATUS_LINE, original);
  }

  /** Whether a command line, or a bare path, runs this program, of whichever installation. */
  static boolean isRunBy(String command) {
    var words = words(command);
    return nameOf(command).equals(NAME)
        || (!words.isEmpty() && nameOf(words.getFirst()).equals(NAME));
  }

  private static List<String> words(String command) {
    var words = ShellWords.split(command);
    return !words.isEmpty() && words.getFirst().equals(EXEC)
        ? words.subList(1, words.size())
        : words;
  }

  private static String nameOf(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The user's own status line that {@code command} wraps, if it wraps one. */
  static @Nullable String wrapped(String command) {
    var words = words(command);
    return isStatusLine(words) && words.size() > 3 ? words.get(3) : null;
  }

  static boolean isStatusLine(String command) {
    return isRunBy(command) && isStatusLine(words(command));
  }

  private static boolean isStatusLine(List<String> words) {
    return words.size() > 2 && words.get(2).equals(STATUS_LINE);
  }
}
