package dev.atmd.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jackson is the measure of all bytes. */
class JsonLineTest {
  private static final String ALPHABET =
      "abcXYZ 019\"\\/\b\f\n\r\t\0\u0001\u001f\u007f\u0080éß\u07ff\u0800漢字\uffff";

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 9, 10, 99, 100, 123456789, Long.MAX_VALUE, -1, Long.MIN_VALUE})
  void writesNumbersAsJacksonDoes(long number) throws IOException {
    var line = new JsonLine();
    line.beginObject();
    line.field("n", number);
    line.endObject();

    assertThat(text(line.end())).isEqualTo(jackson(json -> json.writeNumberField("n", number)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void writesAnyObjectAsJacksonDoes(long seed) throws IOException {
    for (var i = 0; i < 500; i++) {
      var line = new JsonLine();
      line.beginObject();
      write(line, new SplittableRandom(seed * 1_000 + i));
      line.endObject();
      var random = new SplittableRandom(seed * 1_000 + i);

      assertThat(text(line.end()))
          .as("seed %d, object %d", seed, i)
          .isEqualTo(jackson(json -> write(json, random)));
    }
  }

  @Test
  void writesDoublesAsTheyStandOnTheWire() {
    var random = new SplittableRandom(1);
    for (var i = 0; i < 300_000; i++) {
      var number =
          switch (random.nextInt(4)) {
            case 0 -> random.nextLong(2_000_000_000_000L) / 1_000.0;
            case 1 -> random.nextInt(100_000) / 100_000.0;
            case 2 -> random.nextDouble(-2, 200);
            default -> Double.longBitsToDouble(random.nextLong());
          };
      if (Double.isFinite(number)) {
        var line = new JsonLine();
        line.beginObject();
        line.field("n", number);
        line.endObject();
        assertThat(text(line.end())).isEqualTo("{\"n\":" + WireNumbers.text(number) + "}\n");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.0, -0.0, 0.001, 0.0005, 0.1, 1, 10, 0.125, 999_999_999.999, 1e9, 1e12})
  void writesSpecialDoublesAsTheyStandOnTheWire(double number) {
    var line = new JsonLine();
    line.beginObject();
    line.field("n", number);
    line.endObject();

    assertThat(text(line.end())).isEqualTo("{\"n\":" + WireNumbers.text(number) + "}\n");
  }

  @Test
  void writesWhatJacksonRefusesAsAReplacement() {
    var line = new JsonLine();
    line.beginObject();
    line.field("lone", "a\ud800b\udc00");
    line.endObject();

    assertThat(text(line.end())).isEqualTo("{\"lone\":\"a\ufffdb\ufffd\"}\n");
  }

  @Test
  void canBeTakenInPieces() {
    var line = new JsonLine();
    line.beginObject();
    line.beginArray("list");
    line.element("a");
    var first = text(line.take());
    line.element("b");
    line.endArray();
    line.field("more", true);
    line.endObject();

    assertThat(first + text(line.end())).isEqualTo("{\"list\":[\"a\",\"b\"],\"more\":true}\n");
  }

  private static void write(JsonLine line, SplittableRandom random) {
    for (var fields = random.nextInt(12); fields > 0; fields--) {
      switch (random.nextInt(6)) {
        case 0 -> line.field("text", word(random));
        case 1 -> line.field("none", (String) null);
        case 2 -> line.field("flag", random.nextBoolean());
        case 3 -> line.field("count", random.nextLong() >> random.nextInt(64));
        case 4 -> {
          line.beginObject("object");
          line.field("inner", word(random));
          line.endObject();
        }
        default -> {
          line.beginArray("list");
          for (var elements = random.nextInt(3); elements > 0; elements--) {
            line.element(word(random));
          }
          line.endArray();
        }
      }
    }
  }

  private static void write(JsonGenerator json, SplittableRandom random) throws IOException {
    for (var fields = random.nextInt(12); fields > 0; fields--) {
      switch (random.nextInt(6)) {
        case 0 -> json.writeStringField("text", word(random));
        case 1 -> json.writeNullField("none");
        case 2 -> json.writeBooleanField("flag", random.nextBoolean());
        case 3 -> json.writeNumberField("count", random.nextLong() >> random.nextInt(64));
        case 4 -> {
          json.writeObjectFieldStart("object");
          json.writeStringField("inner", word(random));
          json.writeEndObject();
        }
        default -> {
          json.writeArrayFieldStart("list");
          for (var elements = random.nextInt(3); elements > 0; elements--) {
            json.writeString(word(random));
          }
          json.writeEndArray();
        }
      }
    }
  }

  private static String word(SplittableRandom random) {
    var word = new StringBuilder();
    for (var length = random.nextInt(random.nextInt(4) == 0 ? 5_000 : 30); length > 0; length--) {
      if (random.nextInt(50) == 0) {
        word.appendCodePoint(0x1F600 + random.nextInt(64));
      } else {
        word.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      }
    }
    return word.toString();
  }

  private static String jackson(Body body) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var json = Json.FACTORY.createGenerator(out)) {
      json.writeStartObject();
      body.write(json);
      json.writeEndObject();
      json.writeRaw('\n');
    }
    return out.toString(UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  @FunctionalInterface
  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }
}
