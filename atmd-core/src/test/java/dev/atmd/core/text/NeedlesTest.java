package dev.atmd.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.text.Secrets.Form;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class NeedlesTest {
  private final Needles needles = new Needles(Secrets.FORMS);

  @Test
  void findsNeedlesThatOverlapInTheOrderOfTheList() {
    assertThat(needles.in("--SECRET_ACCESS_Key--://"))
        .extracting(Form::needle)
        .containsExactly("secret", "key", "--", "://");
  }

  @Test
  void findsOneOfManyThatBeginAlike() {
    var ab = new Needles(List.of(form("abc"), form("abd"), form("ab")));

    assertThat(ab.in("xABDx")).extracting(Form::needle).containsExactly("abd", "ab");
    assertThat(ab.in("a")).isEmpty();
    assertThat(ab.in("")).isEmpty();
  }

  /** Texts are made of pieces of needles, so that many begin and few are whole. */
  @RepeatedTest(20)
  void findsWhatALookForEachFinds(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    for (var i = 0; i < 500; i++) {
      var text = text(random);

      assertThat(needles.in(text))
          .as(text)
          .isEqualTo(
              Secrets.FORMS.stream()
                  .filter(form -> text.toLowerCase(Locale.ROOT).contains(form.needle()))
                  .toList());
    }
  }

  private static String text(Random random) {
    var text = new StringBuilder();
    for (var pieces = random.nextInt(8); pieces > 0; pieces--) {
      var needle = Secrets.FORMS.get(random.nextInt(Secrets.FORMS.size())).needle();
      var from = random.nextInt(3) == 0 ? random.nextInt(needle.length()) : 0;
      var piece = needle.substring(from, needle.length() - random.nextInt(2));
      text.append(random.nextBoolean() ? piece : piece.toUpperCase(Locale.ROOT));
      text.append(" é漢".substring(0, random.nextInt(4)));
    }
    return text.toString();
  }

  private static Form form(String needle) {
    return new Form(needle, Pattern.compile(needle));
  }
}
