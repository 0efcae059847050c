package dev.atmd.client.top;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.client.top.Key.Named;
import dev.atmd.client.top.Key.Typed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyReaderTest {
  @ParameterizedTest
  @CsvSource({
    "[A,UP",
    "[B,DOWN",
    "OC,RIGHT",
    "OD,LEFT",
    "[H,HOME",
    "OF,END",
    "[1~,HOME",
    "[4~,END",
    "[5~,PAGE_UP",
    "[6~,PAGE_DOWN",
    "[1;5A,UP",
    "[200~,UNKNOWN",
    "x,UNKNOWN",
    "[,UNKNOWN"
  })
  void readsSequences(String sequence, Named key) throws IOException {
    assertThat(keys("\033" + sequence)).containsExactly(key);
  }

  @Test
  void tellsEscapeAloneFromASequence() throws IOException {
    assertThat(keys("\033")).containsExactly(Named.ESCAPE);
  }

  @Test
  void readsControlCharacters() throws IOException {
    assertThat(keys("\r\u007f\u0008\u0015\u000c\u0003\u0001"))
        .containsExactly(
            Named.ENTER,
            Named.BACKSPACE,
            Named.BACKSPACE,
            Named.CLEAR,
            Named.REDRAW,
            Named.CANCEL,
            Named.UNKNOWN);
  }

  @Test
  void readsCharactersOfTwoUnits() throws IOException {
    assertThat(keys("aé😀")).containsExactly(new Typed('a'), new Typed('é'), new Typed(0x1F600));
  }

  @Test
  void endsWithTheInput() throws IOException {
    assertThat(new KeyReader(_ -> KeyReader.Source.END).next()).isEqualTo(Named.CANCEL);
  }

  /** The keys of a text after which nothing comes. */
  private static List<Key> keys(String text) throws IOException {
    var at = new int[1];
    var reader =
        new KeyReader(_ -> at[0] < text.length() ? text.charAt(at[0]++) : KeyReader.Source.NOTHING);
    var keys = new ArrayList<Key>();
    while (at[0] < text.length()) {
      keys.add(reader.next());
    }
    return keys;
  }
}
