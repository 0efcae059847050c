package dev.atmd.client.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextWidthTest {
  @ParameterizedTest
  @CsvSource({"abc,3", "漢字,4", "😀,2", "e\u0301,1", "한글,4", "ｆｕ,4", "'',0"})
  void countsColumns(String text, int width) {
    assertThat(TextWidth.of(text)).isEqualTo(width);
  }

  @ParameterizedTest
  @CsvSource({"abc,3,abc", "abcd,3,ab…", "漢字漢,5,漢字…", "漢字漢,4,漢…", "a,0,''", "ab,1,…"})
  void cutsToColumns(String text, int width, String cut) {
    assertThat(TextWidth.cut(text, width)).isEqualTo(cut);
  }
}
