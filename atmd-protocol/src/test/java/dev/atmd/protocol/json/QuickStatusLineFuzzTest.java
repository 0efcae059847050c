package dev.atmd.protocol.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever becomes of a status line on its way, the quick way in changes nothing of the result. */
class QuickStatusLineFuzzTest {
  private static final int LINES = 40_000;
  private static final Pattern TOKEN =
      Pattern.compile("\"[^\"]*\"|-?[0-9][0-9.]*|true|false|null|[\\[\\]{}:,]");

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  @Test
  void agreesOnMutatedLines() {
    var taken = 0;
    for (var i = 0; i < LINES; i++) {
      var line = mutated(any(StatusLineSamples.ALL));
      var expected = ClientMessageReader.readAny(line, line.length);
      assertThat(ClientMessageReader.read(line, line.length))
          .as("seed %d, line %d: %s", seed, i, new String(line, ISO_8859_1))
          .isEqualTo(expected);
      taken += QuickStatusLine.read(line, line.length) == null ? 0 : 1;
    }
    assertThat(taken).as("lines understood, seed %d", seed).isBetween(LINES / 20, LINES * 9 / 10);
  }

  private byte[] mutated(String line) {
    var text = line;
    for (var times = random.nextInt(3); times >= 0; times--) {
      text = random.nextBoolean() ? withOtherToken(text) : withOtherChars(text);
    }
    var bytes = text.getBytes(random.nextInt(20) == 0 ? ISO_8859_1 : UTF_8);
    if (random.nextInt(10) == 0 && bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  /** Replaces, removes, repeats or surrounds one token. */
  private String withOtherToken(String line) {
    var tokens = TOKEN.matcher(line).results().toList();
    if (tokens.isEmpty()) {
      return line;
    }
    var token = tokens.get(random.nextInt(tokens.size()));
    var other = tokens.get(random.nextInt(tokens.size()));
    var replacement =
        switch (random.nextInt(8)) {
          case 0 -> other.group();
          case 1 -> "";
          case 2 -> token.group() + token.group();
          case 3 -> any(List.of(" ", "\t", "\r", "\n", "\f", "\0")) + token.group() + " ";
          case 4 -> number();
          case 5 -> any(QuickStatusLineTest.VALUES).replace('\'', '"');
          case 6 ->
              token.group() + "," + any(List.of("\"pid\":1", "\"x\":{\"id\":[]}", "\"cwd\":\"/\""));
          default -> '"' + any(List.of("id", "session_id", "cwd", "é", "\\u00e9", "ack")) + '"';
        };
    return line.substring(0, token.start()) + replacement + line.substring(token.end());
  }

  /** Removes, repeats or moves some characters, wherever they stand. */
  private String withOtherChars(String line) {
    var from = random.nextInt(line.length() + 1);
    var to = Math.min(line.length(), from + 1 + random.nextInt(random.nextInt(10) == 0 ? 200 : 3));
    var at = random.nextInt(line.length() + 1);
    var part = line.substring(from, to);
    return switch (random.nextInt(4)) {
      case 0 -> line.substring(0, from) + line.substring(to);
      case 1 -> line.substring(0, at) + part + line.substring(at);
      case 2 -> random.nextInt(10) == 0 ? line.substring(0, from) : line;
      default -> line.substring(0, at) + (char) ('!' + random.nextInt(94)) + line.substring(at);
    };
  }

  private String number() {
    return switch (random.nextInt(4)) {
      case 0 -> Long.toString(random.nextLong());
      case 1 -> Double.toString(random.nextDouble() * 1_000);
      case 2 -> Long.toString(random.nextInt(1_000_000));
      default -> random.nextInt(100) + "." + random.nextLong(Long.MAX_VALUE);
    };
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
