package dev.atmd.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTextTest {
  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "a\u001b[31mb,a\uFFFD[31mb",
        "a\u009b31mb,a\uFFFD31mb",
        "a\u0007\u007fb,a\uFFFD\uFFFDb",
        "a\u2028b\u2029c,a b c",
        "a\u0085b,a b",
        "a\u202egpj.exe,agpj.exe",
        "a\u2066b\u2069\u200f,ab",
        "a\u200bb\u200dc\ufeff\u00add,abcd",
        "a\ufe0f\u3164\u2800b,ab",
        "a\ue000b,a\uFFFDb",
        "grün 漢字 😀,grün 漢字 😀"
      })
  void makesEverythingVisible(String text, String harmless) {
    assertThat(TerminalText.neutral(text)).isEqualTo(harmless);
  }

  @Test
  void letsNoHeapOfMarksPaintOverOtherLines() {
    assertThat(TerminalText.neutral("a" + "\u0301".repeat(500) + "b"))
        .isEqualTo("a" + "\u0301".repeat(8) + "b");
    assertThat(TerminalText.neutral("\u0301\u200b".repeat(500))).isEqualTo("\u0301".repeat(8));
  }

  @Test
  void dropsWhatOnlyPicksAVariantOrATag() {
    var tags = Character.toString(0xE0001) + Character.toString(0xE0041);
    var variants = Character.toString(0xFE0F) + Character.toString(0xE0100) + "\u180b";

    assertThat(TerminalText.neutral("a" + tags + variants + "\u2061\ufffa\u061cb")).isEqualTo("ab");
  }

  @Test
  void leavesNothingThatATerminalActsOn() {
    var everything = new StringBuilder();
    for (var c = 0; c <= 0x10FFFF; c++) {
      everything.appendCodePoint(c);
    }

    var neutral = TerminalText.neutral(everything.toString());

    assertThat(neutral.codePoints().filter(TerminalTextTest::isDangerous).count()).isZero();
    assertThat(neutral.contains("xyz") && neutral.contains("жз")).isTrue();
  }

  @Test
  void keepsTheLinesOfSeveral() {
    assertThat(TerminalText.neutralLines("a\u001b\nb\r\nc")).isEqualTo("a\uFFFD\nb\nc\n");
  }

  @Test
  void keepsTheValueOfJson() {
    assertThat(TerminalText.neutralJson("{\"a\": \"x\u009b\u202e\u007f é\"}\n"))
        .isEqualTo("{\"a\": \"x\\u009b\\u202e\\u007f é\"}\n");
  }

  private static boolean isDangerous(int c) {
    var type = Character.getType(c);
    return Character.isISOControl(c)
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE;
  }
}
