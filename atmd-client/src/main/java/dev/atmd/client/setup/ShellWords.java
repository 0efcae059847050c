package dev.atmd.client.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Words of a POSIX shell command line, with their quotes and without. */
final class ShellWords {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private ShellWords() {}

  /** One word that the shell takes as {@code text}, whatever is in it. */
  static String quote(String text) {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /** The words of a line, as far as it consists of plain words and quotes. */
  static List<String> split(String line) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    var isInWord = false;
    for (var at = 0; at < line.length(); at++) {
      var c = line.charAt(at);
      switch (c) {
        case ' ', '\t', '\n' -> {
          if (isInWord) {
            words.add(word.toString());
            word.setLength(0);
          }
          isInWord = false;
        }
        case '\'', '"' -> {
          isInWord = true;
          at = passQuoted(line, at, word);
        }
        case '\\' -> {
          isInWord = true;
          if (++at < line.length()) {
            word.append(line.charAt(at));
          }
        }
        default -> {
          isInWord = true;
          word.append(c);
        }
      }
    }
    if (isInWord) {
      words.add(word.toString());
    }
    return words;
  }

  /** Appends what stands in the quotes that open at {@code at}; answers where they close. */
  private static int passQuoted(String line, int at, StringBuilder word) {
    var quote = line.charAt(at);
    var next = at + 1;
    while (next < line.length() && line.charAt(next) != quote) {
      if (quote == '"' && line.charAt(next) == '\\' && next + 1 < line.length()) {
        next++;
      }
      word.append(line.charAt(next++));
    }
    return next;
  }
}
