package dev.atmd.server.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.server.streams.CodexTalk.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodexTalkTest {
  private static final String LIST_OF_NONE = "{\"id\":1,\"result\":{\"data\":[]}}";

  private final CodexTalk talk = new CodexTalk();

  /** The steps in words. */
  private List<String> on(String message) {
    return inWords(talk.on(message.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> inWords(List<Step> steps) {
    var words = new ArrayList<String>();
    for (var step : steps) {
      words.add(
          switch (step) {
            case Step.Send(var text) -> "send " + text;
            case Step.Open() -> "open";
            case Step.Report(var payload) -> new String(payload, StandardCharsets.UTF_8);
            case Step.Skip(var _) -> "skip";
            case Step.GiveUp(var why) -> "give up: " + why;
          });
    }
    return words;
  }

  private CodexTalkTest greeted() {
    var _ = talk.begin();
    var _ = on("{\"id\":0,\"result\":{}}");
    return this;
  }

  @Test
  void introducesItselfAndThenAsksWhichThreadsThereAre() {
    assertThat(inWords(talk.begin()))
        .singleElement()
        .asString()
        .startsWith("send {\"id\":0,\"method\":\"initialize\",\"params\":{\"clientInfo\":{")
        .contains("\"optOutNotificationMethods\":[\"item/agentMessage/delta\"");

    assertThat(on("{\"id\":0,\"result\":{\"userAgent\":\"codex\"}}"))
        .containsExactly(
            "send {\"method\":\"initialized\"}",
            "open",
            "send {\"id\":1,\"method\":\"thread/loaded/list\",\"params\":{}}");
  }

  @Test
  void givesUpWhenItIsRefused() {
    var _ = talk.begin();

    assertThat(on("{\"id\":0,\"error\":{\"code\":-32001,\"message\":\"overloaded\"}}"))
        .containsExactly("give up: it refuses: \"overloaded\"");
  }

  @Test
  void readsAFewThreadsAtATime() {
    var talk = greeted();

    var first = talk.on("{\"id\":1,\"result\":{\"data\":[\"a\",\"b\",\"c\",\"d\",\"e\"]}}");
    var next = talk.on("{\"id\":2,\"result\":{\"thread\":{\"id\":\"a\",\"status\":\"idle\"}}}");

    assertThat(first)
        .hasSize(4)
        .first()
        .isEqualTo("send {\"id\":2,\"method\":\"thread/read\",\"params\":{\"threadId\":\"a\"}}");
    assertThat(next)
        .containsExactly(
            "{\"method\":\"thread/status/changed\",\"params\":{\"threadId\":\"a\","
                + "\"status\":\"idle\",\"thread\":{\"id\":\"a\",\"status\":\"idle\"}}}",
            "send {\"id\":6,\"method\":\"thread/read\",\"params\":{\"threadId\":\"e\"}}");
  }

  @Test
  void asksForTheNextPageOfThreads() {
    assertThat(greeted().on("{\"id\":1,\"result\":{\"data\":[\"a\"],\"nextCursor\":\"c\"}}"))
        .contains(
            "send {\"id\":3,\"method\":\"thread/loaded/list\",\"params\":{\"cursor\":\"c\"}}");
  }

  @Test
  void goesOnWithoutAListFromAServerThatHasNone() {
    assertThat(greeted().on("{\"id\":1,\"error\":{\"code\":-32601}}")).isEmpty();
  }

  @Test
  void goesOnWithoutAThreadThatCannotBeRead() {
    var talk = greeted();
    var _ = talk.on("{\"id\":1,\"result\":{\"data\":[\"a\"]}}");

    assertThat(talk.on("{\"id\":2,\"error\":{\"code\":-32600}}")).isEmpty();
  }

  @Test
  void handsOnWhatItIsToldAsItIs() {
    var event = "{ \"params\":{\"threadId\":\"a\"}, \"method\":\"turn/started\" }";

    assertThat(greeted().on(event)).containsExactly(event);
  }

  @Test
  void answersNoRequestOfTheServer() {
    assertThat(greeted().on("{\"id\":1,\"method\":\"item/fileChange/requestApproval\"}")).isEmpty();
    assertThat(on(LIST_OF_NONE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "{}",
        "{\"id\":5,\"result\":{}}",
        "{\"id\":\"1\"}",
        "{\"id\":1.5,\"result\":{}}",
        "{\"method\":7}"
      })
  void skipsWhatIsNeitherAnEventNorAnAnswer(String message) {
    assertThat(greeted().on(message)).containsExactly("skip");
  }
}
