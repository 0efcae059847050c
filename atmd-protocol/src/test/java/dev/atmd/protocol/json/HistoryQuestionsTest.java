package dev.atmd.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.protocol.message.ClientLine;
import dev.atmd.protocol.message.ClientLine.Understood;
import dev.atmd.protocol.message.ClientLine.Unreadable;
import dev.atmd.protocol.message.ClientMessage.AskHistory;
import dev.atmd.protocol.message.ErrorCode;
import dev.atmd.protocol.message.HistoryQuestion;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryQuestionsTest {
  @Test
  void asksForTheUsualUnlessMoreIsSaid() {
    assertThat(question("'type':'history'"))
        .isEqualTo(
            new HistoryQuestion.Entries(
                null, null, null, null, null, null, HistoryQuestion.USUAL_LIMIT));
    assertThat(question("'type':'cost'"))
        .isEqualTo(new HistoryQuestion.Cost(HistoryQuestion.By.DAY, null, null));
  }

  @Test
  void readsFieldsInAnyOrderAndPassesOverOthers() {
    assertThat(question("'grep':'x','later':{'grep':'y'},'type':'history','limit':5,'and':[1]"))
        .isEqualTo(new HistoryQuestion.Entries(null, null, null, null, "x", null, 5));
  }

  @Test
  void takesTimesOfAnyZone() {
    assertThat(question("'type':'moment','at':'2026-11-21T14:05:00+02:00'"))
        .isEqualTo(new HistoryQuestion.Moment(Instant.parse("2026-11-21T12:05:00Z")));
  }

  @ParameterizedTest
  @CsvSource({"0,1", "1,1", "1000,1000", "1001,1000", "999999999,1000"})
  void keepsTheLimitWithinItsBounds(long wanted, int limit) {
    assertThat(question("'type':'history','limit':" + wanted))
        .isEqualTo(new HistoryQuestion.Entries(null, null, null, null, null, null, limit));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'type':'moment' | at",
        "'type':'moment','at':'noon' | at",
        "'type':'history','from':'yesterday' | from",
        "'type':'history','before':-1 | before",
        "'type':'history','before':1e3 | before",
        "'type':'cost','by':'week' | by",
      },
      quoteCharacter = '"')
  void refusesWhatItCannotRead(String fields, String field) {
    assertThat(read(fields))
        .isInstanceOfSatisfying(
            Unreadable.class,
            bad -> {
              assertThat(bad.code()).isEqualTo(ErrorCode.MALFORMED);
              assertThat(bad.message()).contains("`" + field + "`");
            });
  }

  private static HistoryQuestion question(String fields) {
    assertThat(read(fields)).isInstanceOf(Understood.class);
    return ((AskHistory) ((Understood) read(fields)).message()).question();
  }

  private static ClientLine read(String fields) {
    var line = "{'protocol_version':{'major':1,'minor':1}," + fields + "}";
    var bytes = line.replace('\'', '"').getBytes(UTF_8);
    return ClientMessageReader.read(bytes, bytes.length);
  }
}
