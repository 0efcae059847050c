package dev.atmd.protocol.json;

import static dev.atmd.protocol.json.Lines.complaint;
import static dev.atmd.protocol.json.Lines.message;
import static dev.atmd.protocol.json.Lines.read;
import static dev.atmd.protocol.json.Lines.understood;
import static dev.atmd.protocol.json.Lines.unreadable;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.atmd.protocol.message.ClientLine.Understood;
import dev.atmd.protocol.message.ClientMessage.Discover;
import dev.atmd.protocol.message.ClientMessage.Subscribe;
import dev.atmd.protocol.message.ErrorCode;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that are no messages: each is answered, none throws. */
class BadLinesTest {
  private static final String DISCOVER = message("'type':'discover'");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "not json",
        "[]",
        "\"connect\"",
        "null",
        "{",
        "{}{}",
        "{'type':'discover'",
        "{'type':'discover',}",
        "{'type':'discover'/*x*/}",
        "{type:'discover'}"
      })
  void refusesWhatIsNoObject(String line) {
    assertThat(unreadable(line.replace('\'', '"')).code()).isEqualTo(ErrorCode.MALFORMED);
  }

  @Test
  void boundsAFilter() {
    var name = "n".repeat(4_096);
    var thousand = String.join(",", Collections.nCopies(1_000, "'a'"));
    for (var within : List.of("'session_id':'" + name + "'", "'session_ids':[" + thousand + "]")) {
      assertThat(understood(message("'type':'subscribe'," + within))).isInstanceOf(Subscribe.class);
    }
    for (var beyond :
        List.of(
            "'session_id':'" + name + "n'",
            "'project':'" + name + "n'",
            "'session_ids':['" + name + "n']",
            "'session_ids':[" + thousand + ",'a']")) {
      assertThat(unreadable(message("'type':'subscribe'," + beyond)).code())
          .isEqualTo(ErrorCode.MALFORMED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e400",
        "-1e400",
        "NaN",
        "Infinity",
        "01",
        "+1",
        ".5",
        "1.",
        "'a",
        "[1,]",
        "tru",
        "0x1",
        "'\\x'",
        "'\\u12'",
        "'a\u0001b'",
        "'a\tb'",
        "'\\ud800'",
        "'\\udc00'",
        "'\\ud800x'",
        "'\\ud800\\u0041'",
        "'\\udc00\\ud800'",
        "'\\ud800\\ud800\\udc00'"
      })
  void refusesValuesThatAreNoJsonWhereverTheyStand(String value) {
    var lines =
        List.of(
            message("'type':'discover','x':" + value),
            message("'type':'discover','x':[{'y':" + value + "}]"),
            message("'x':" + value + ",'type':'discover'"),
            message("'type':'connect','client_id':" + value),
            message("'type':'hook_event','data':" + value),
            message("'type':'hook_event','data':{'tool_input':" + value + "}"),
            message("'type':'status_update','data':{'x':[" + value + "]}"),
            message("'data':{'x':[" + value + "]},'type':'status_update'"));

    assertThat(lines)
        .allSatisfy(line -> assertThat(unreadable(line).code()).isEqualTo(ErrorCode.MALFORMED));
  }

  @Test
  void refusesAnIntegerThatOverflowsADouble() {
    assertThat(unreadable(message("'type':'discover','x':1" + "0".repeat(400))).code())
        .isEqualTo(ErrorCode.MALFORMED);
    assertThat(understood(message("'type':'discover','x':1" + "0".repeat(300))))
        .isEqualTo(new Discover());
  }

  @Test
  void acceptsEscapesThatLookLikeHalfACharacterAndAreNot() {
    assertThat(understood(message("'type':'discover','x':'\\\\ud800 \\ud83d\\ude00 \\\\\\\\'")))
        .isEqualTo(new Discover());
  }

  @Test
  void refusesTextThatIsNotUtf8() {
    for (var bytes :
        List.of(
            bytes(0xE9),
            bytes(0xC0, 0xAF),
            bytes(0xC1, 0x81),
            bytes(0xE0, 0x80, 0xAF),
            bytes(0xF0, 0x80, 0x80, 0xAF),
            bytes(0xED, 0xA0, 0x80),
            bytes(0xF4, 0x90, 0x80, 0x80),
            bytes(0xF8, 0x88, 0x80, 0x80, 0x80),
            bytes(0x80),
            bytes(0xE2, 0x82))) {
      var line = message("'type':'connect','client_id':'<>'").getBytes(ISO_8859_1);
      assertThat(unreadable(inserted(line, bytes)).code()).isEqualTo(ErrorCode.INVALID_UTF8);
      var skipped = message("'type':'discover','x':'<>'").getBytes(ISO_8859_1);
      assertThat(unreadable(inserted(skipped, bytes)).code()).isEqualTo(ErrorCode.INVALID_UTF8);
    }
  }

  @Test
  void refusesAByteOrderMarkAndOtherEncodings() {
    assertThat(unreadable("\uFEFF" + DISCOVER).code()).isEqualTo(ErrorCode.MALFORMED);
    assertThat(unreadable(DISCOVER.getBytes(UTF_16LE)).code()).isEqualTo(ErrorCode.MALFORMED);
    assertThat(unreadable(DISCOVER.getBytes(UTF_16BE)).code()).isEqualTo(ErrorCode.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'x':", "'data':"})
  void nestsAsDeepAs127Levels(String field) {
    assertThat(understood(message("'type':'discover'," + field + nested(126))))
        .isEqualTo(new Discover());
    assertThat(unreadable(message("'type':'discover'," + field + nested(127))).code())
        .isEqualTo(ErrorCode.MALFORMED);
    assertThat(unreadable(message("'type':'hook_event','data':" + nested(127))).code())
        .isEqualTo(ErrorCode.MALFORMED);
    assertThat(unreadable(message("'type':'discover'," + field + nested(400_000))).code())
        .isEqualTo(ErrorCode.MALFORMED);
  }

  @Test
  void readsOnlyTheGivenLength() {
    var line = Arrays.copyOf(DISCOVER.getBytes(UTF_8), 4_096);

    assertThat(ClientMessageReader.read(line, DISCOVER.length())).isInstanceOf(Understood.class);
  }

  @Test
  void saysWhatItSawInAShortLine() {
    assertThat(unreadable("x".repeat(1_000_000)).message())
        .startsWith("Parse error: ")
        .hasSizeLessThan(1_000);
    assertThat(complaint("hook_event", "{'pid':'" + "\uD83D\uDE00".repeat(90_000) + "'}"))
        .startsWith("Parse error: invalid type: string \"\uD83D\uDE00")
        .endsWith("\uD83D\uDE00…\", expected u32")
        .hasSizeLessThan(250);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void neverThrowsWhateverBecomesOfALine(long seed) {
    var random = new Random(seed);
    var lines = SampleLines.ALL;
    for (var i = 0; i < 15_000; i++) {
      var line = mutated(lines.get(random.nextInt(lines.size())).getBytes(UTF_8), random);
      assertThatCode(() -> read(line))
          .as("seed %d, try %d: %s", seed, i, new String(line, ISO_8859_1))
          .doesNotThrowAnyException();
    }
  }

  private static byte[] mutated(byte[] line, Random random) {
    var mutated = line.clone();
    for (var times = random.nextInt(4); times >= 0; times--) {
      var at = random.nextInt(mutated.length);
      switch (random.nextInt(5)) {
        case 0 -> mutated[at] = (byte) random.nextInt(256);
        case 1 -> mutated[at] = (byte) "{}[]\",:\\0-9eEu.tfn".charAt(random.nextInt(18));
        case 2 -> mutated = Arrays.copyOf(mutated, 1 + at);
        case 3 -> mutated = inserted(mutated, Arrays.copyOfRange(line, at / 2, at + 1), at);
        default -> {
          var from = random.nextInt(mutated.length);
          mutated[at] = mutated[from];
        }
      }
      line = mutated;
    }
    return mutated;
  }

  private static byte[] inserted(byte[] line, byte[] bytes) {
    return inserted(line, bytes, new String(line, ISO_8859_1).indexOf("<>") + 1);
  }

  private static byte[] inserted(byte[] line, byte[] bytes, int at) {
    var all = new byte[line.length + bytes.length];
    System.arraycopy(line, 0, all, 0, at);
    System.arraycopy(bytes, 0, all, at, bytes.length);
    System.arraycopy(line, at, all, at + bytes.length, line.length - at);
    return all;
  }

  private static byte[] bytes(int... values) {
    var bytes = new byte[values.length];
    for (var i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static String nested(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }
}
