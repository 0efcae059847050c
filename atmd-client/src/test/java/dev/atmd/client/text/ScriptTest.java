package dev.atmd.client.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/atmd/client");

  /** A text or a character, outside of comments. */
  private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\\n]|\\\\.)*\"|'[^'\\\\\n]'");

  @ParameterizedTest
  @CsvSource(
      value = {
        "-, -, -, UNICODE",
        "-, -, en_US.UTF-8, UNICODE",
        "-, -, C.utf8, UNICODE",
        "-, UTF-8, C, UNICODE",
        "C.UTF-8, POSIX, C, UNICODE",
        "-, -, C, ASCII",
        "-, -, POSIX, ASCII",
        "-, -, de_DE, ASCII",
        "-, -, de_DE.ISO-8859-15, ASCII",
        "-, C, en_US.UTF-8, ASCII",
        "C, en_US.UTF-8, en_US.UTF-8, ASCII"
      },
      nullValues = "-")
  void isThatOfTheLocale(String all, String type, String lang, Script script) {
    var environment = new HashMap<String, String>();
    environment.put("LC_ALL", all == null ? "" : all);
    environment.put("LC_CTYPE", type == null ? "" : type);
    environment.put("LANG", lang == null ? "" : lang);

    assertThat(Script.of(environment)).isEqualTo(script);
  }

  @Test
  void isUnicodeWhereNobodyHasSaid() {
    assertThat(Script.of(Map.of())).isEqualTo(Script.UNICODE);
  }

  @Test
  void givesEachCharacterItsColumns() {
    assertThat(Script.ASCII.text("◐ 日本 ü e\u0301 \ud83d\ude00 → “x”…"))
        .isEqualTo("! ???? ? e ?? > \"x\"~");
    assertThat(Script.UNICODE.text("◐ 日本")).isEqualTo("◐ 日本");
  }

  @Test
  void losesNothingOfJson() {
    var json = "[\"日 \u001b[2J \ud83d\ude00\"]";

    assertThat(Script.ASCII.json(json)).isEqualTo("[\"\\u65e5 \\u001b[2J \\ud83d\\ude00\"]");
    assertThat(Script.UNICODE.json(json)).isEqualTo("[\"日 \\u001b[2J \ud83d\ude00\"]");
  }

  @Test
  void knowsEverySignThatTheSourcesDraw() throws IOException {
    var unknown = new TreeSet<String>();
    var known = new TreeSet<String>();
    try (var files = Files.walk(SOURCES)) {
      for (var file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        for (var line : Files.readAllLines(file)) {
          if (!line.strip().startsWith("*") && !line.strip().startsWith("/")) {
            LITERAL
                .matcher(line)
                .results()
                .flatMapToInt(literal -> literal.group().codePoints())
                .filter(c -> c >= 0x80)
                .forEach(c -> (Script.sign(c) == 0 ? unknown : known).add(Character.toString(c)));
          }
        }
      }
    }

    assertThat(unknown).isEmpty();
    assertThat(known).contains("◐", "■", "…", "↑");
  }
}
