package dev.atmd.client.setup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A marked block of lines at the end of a YAML file, in which a command is told of what happens:
 *
 * <pre>
 * # atmd: begin
 * notifications: true
 * notifications-command: 'echo ''{}'' | …/atm-hook aider notification'
 * # atmd: end
 * </pre>
 *
 * @param flag the key that switches the calls on
 * @param key the key of the command
 */
record ConfLines(String harness, String flag, String key) implements Part {
  private static final String BEGIN = "# atmd: begin";
  private static final String END = "# atmd: end";

  @Override
  public Presence presence(String text, Sender sender) throws IOException {
    var begin = text.indexOf(BEGIN);
    var end = text.indexOf(END, begin + 1);
    if (begin < 0 || end < 0) {
      return Presence.MISSING;
    }
    var there = text.substring(begin, end + END.length()).replace("\r\n", "\n");
    var current = block(remove(text, ""), "\n", sender).stripTrailing();
    return there.equals(current) ? Presence.CURRENT : Presence.OUTDATED;
  }

  @Override
  public String add(String text, Sender sender) throws IOException {
    var newline = text.contains("\r\n") ? "\r\n" : "\n";
    var block = block(text, newline, sender);
    if (text.isEmpty() || text.endsWith("\n")) {
      return text + block;
    }
    return text + newline + block.stripTrailing();
  }

  private String block(String text, String newline, Sender sender) throws SetupException {
    if (value(text, key) != null) {
      throw new SetupException("has its own `" + key + "`, which is left alone");
    }
    var lines = new ArrayList<String>();
    lines.add(BEGIN);
    var chosen = value(text, flag);
    if (chosen == null) {
      lines.add(flag + ": true");
    } else if (!chosen.equals("true")) {
      throw new SetupException(
          "says `" + flag + ": " + chosen + "`; set it to true if atmd may be told");
    }
    // The harness says nothing on standard input, which is the user's terminal.
    var command = "echo '{}' | " + sender.command(harness, "notification");
    lines.add(key + ": '" + command.replace("'", "''") + "'");
    lines.add(END);
    return String.join(newline, lines) + newline;
  }

  /** What stands behind a key of the uppermost level, without a remark; null if it is not there. */
  private static @Nullable String value(String text, String key) {
    var found =
        Pattern.compile("(?m)^" + Pattern.quote(key) + "[ \\t]*:[ \\t]*([^#\\r\\n]*)")
            .matcher(text);
    return found.find() ? found.group(1).strip() : null;
  }

  @Override
  public String remove(String text, String original) {
    var begin = text.indexOf(BEGIN);
    var end = text.indexOf(END, begin + 1);
    if (begin < 0 || end < 0) {
      return text;
    }
    var after = end + END.length();
    var lineEnd = text.startsWith("\r\n", after) ? 2 : text.startsWith("\n", after) ? 1 : 0;
    // A block without a line end stands behind a last line that had none either.
    var from = lineEnd == 0 ? text.substring(0, begin).stripTrailing().length() : begin;
    return text.substring(0, from) + text.substring(after + lineEnd);
  }

  @Override
  public boolean isNothing(String text) {
    return text.isEmpty();
  }
}
