package dev.atmd.core.text;

import dev.atmd.core.text.Secrets.Form;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds in one pass over a text which forms it may have, by a word that is part of each: most texts
 * have none, and their patterns need not be tried. Immutable.
 */
final class Needles {
  private final List<Form> forms;

  /** The first two characters of all needles. */
  private final BitSet beginnings = new BitSet(1 << 14);

  /** Places in the list, by the first two characters of the needle. */
  private final Map<Integer, List<Integer>> byBeginning = new HashMap<>();

  /**
   * @param forms with needles of two characters or more, in ASCII and in small letters
   */
  Needles(List<Form> forms) {
    this.forms = forms;
    for (var i = 0; i < forms.size(); i++) {
      var needle = forms.get(i).needle();
      var beginning = pair(needle.charAt(0), needle.charAt(1));
      beginnings.set(beginning);
      byBeginning.computeIfAbsent(beginning, _ -> new ArrayList<>()).add(i);
    }
  }

  /** Those whose needle is in the text, in capital or small letters, in the order of the list. */
  List<Form> in(String text) {
    var found = new BitSet();
    var before = '\0';
    for (var i = 0; i < text.length(); i++) {
      var c = small(text.charAt(i));
      if (before < 128 && c < 128 && beginnings.get(pair(before, c))) {
        note(found, text, i - 1);
      }
      before = c;
    }
    return found.isEmpty() ? List.of() : found.stream().mapToObj(forms::get).toList();
  }

  private void note(BitSet found, String text, int at) {
    for (var i : byBeginning.getOrDefault(pair(text, at), List.of())) {
      var needle = forms.get(i).needle();
      if (text.regionMatches(true, at, needle, 0, needle.length())) {
        found.set(i);
      }
    }
  }

  private static int pair(String text, int at) {
    return pair(small(text.charAt(at)), small(text.charAt(at + 1)));
  }

  private static int pair(char first, char second) {
    return first << 7 | second;
  }

  private static char small(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
  }
}
