package dev.atmd.server.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamParserTest {
  private static final int MAX_BYTES = 16;
  private static final String TOO_LONG = "(too long)";

  private final List<String> events = new ArrayList<>();
  private final EventStreamParser parser =
      new EventStreamParser(
          MAX_BYTES,
          new EventStreamParser.Events() {
            @Override
            public void event(byte[] data) {
              events.add(new String(data, StandardCharsets.UTF_8));
            }

            @Override
            public void tooLong() {
              events.add(TOO_LONG);
            }
          });

  private List<String> read(String text, int chunk) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    for (var at = 0; at < bytes.length; at += chunk) {
      parser.read(Unpooled.wrappedBuffer(bytes, at, Math.min(chunk, bytes.length - at)));
    }
    return events;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1_000})
  void readsEventsHoweverTheBytesAreSplitAndLinesEnd(int chunk) {
    var text = "data: a\n\ndata:b\r\n\r\ndata: c\r\rdata: ü\nid: 1\n\n";

    assertThat(read(text, chunk)).containsExactly("a", "b", "c", "ü");
  }

  @Test
  void joinsTheLinesOfOneEvent() {
    assertThat(read("data: {\ndata:  1\ndata\ndata:}\n\n", 100)).containsExactly("{\n 1\n\n}");
  }

  @Test
  void passesOverWhatHoldsNoData() {
    var text = "\uFEFF: comment\n\nevent: x\n\ndatax: 1\n\nid\n\n\n\ndata: a\n\n";

    assertThat(read(text, 100)).containsExactly("a");
  }

  @Test
  void readsTheFirstLineBehindAByteOrderMark() {
    assertThat(read("\uFEFFdata: a\n\n", 1)).containsExactly("a");
  }

  @Test
  void waitsForTheEmptyLine() {
    assertThat(read("data: a\n", 100)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 1_000})
  void acceptsAnEventAtTheLimit(int chunk) {
    var data = "x".repeat(MAX_BYTES);

    assertThat(read("data: " + data + "\n\ndata: a\n\n", chunk)).containsExactly(data, "a");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 1_000})
  void skipsAnEventBeyondTheLimitToItsEnd(int chunk) {
    var data = "x".repeat(MAX_BYTES + 1);

    assertThat(read("data: " + data + "\ndata: b\n\ndata: a\n\n", chunk))
        .containsExactly(TOO_LONG, "a");
  }

  @Test
  void skipsAnEventOfManyLinesBeyondTheLimit() {
    assertThat(read("data: 12345\n".repeat(5) + "\ndata: a\n\n", 4)).containsExactly(TOO_LONG, "a");
  }
}
