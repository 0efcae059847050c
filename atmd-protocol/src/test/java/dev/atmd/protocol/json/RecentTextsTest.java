package dev.atmd.protocol.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentTextsTest {
  private static final String BEFORE = "{\"cwd\":\"";

  @Test
  void answersTheSameStringForTheSameBytes() {
    var texts = new RecentTexts(16);

    assertThat(text(texts, "/home/dev")).isEqualTo("/home/dev").isSameAs(text(texts, "/home/dev"));
  }

  @Test
  void tellsTextsApartThatShareASlot() {
    var texts = new RecentTexts(2);
    for (var i = 0; i < 1_000; i++) {
      var text = "session-" + i % 7;
      assertThat(text(texts, text)).isEqualTo(text);
      assertThat(text(texts, text.substring(0, i % 9))).isEqualTo(text.substring(0, i % 9));
    }
  }

  @Test
  void keepsNothingLong() {
    var texts = new RecentTexts(16);
    var path = "/".repeat(129);

    assertThat(text(texts, path)).isEqualTo(path).isNotSameAs(text(texts, path));
  }

  @Test
  void readsWhatStandsAtTheBeginningOfALine() {
    var bytes = "ab".getBytes(US_ASCII);

    assertThat(new RecentTexts(16).text(bytes, 0, 2)).isEqualTo("ab");
  }

  private static String text(RecentTexts texts, String text) {
    var line = (BEFORE + text).getBytes(US_ASCII);
    return texts.text(line, BEFORE.length(), line.length);
  }
}
