package dev.atmd.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.registry.KeptSession;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is written today is read tomorrow, by whatever version runs then. */
class SessionJsonTest {
  private final SessionJson json = new SessionJson(UnaryOperator.identity());

  @Test
  void readsWhatItWrites() throws Exception {
    for (var kept : new KeptSession[] {KeptSessions.full(), KeptSessions.bare("a")}) {
      assertThat(json.read(json.write(kept))).isEqualTo(kept);
    }
  }

  /** A change of a name in a record must not make the sessions of yesterday unreadable. */
  @Test
  void writesAndReadsTheFormOfVersionOne() throws Exception {
    String recorded;
    try (var in = SessionJsonTest.class.getResourceAsStream("session-1.json")) {
      recorded = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }

    assertThat(json.read(recorded)).isEqualTo(KeptSessions.full());
    assertThat(json.write(KeptSessions.full())).isEqualTo(recorded.strip());
  }

  @Test
  void ignoresWhatALaterVersionAdds() throws Exception {
    var text = json.write(KeptSessions.full()).replaceFirst("\\{", "{\"later\":[1,2],");

    assertThat(json.read(text)).isEqualTo(KeptSessions.full());
  }

  @Test
  void masksEveryText() throws Exception {
    var masking = new SessionJson(text -> text.replace("fix the tests", "***"));

    assertThat(masking.write(KeptSessions.full())).contains("***").doesNotContain("fix the tests");
  }
}
