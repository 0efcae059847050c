package dev.atmd.server.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.protocol.json.AgentEventLine;
import dev.atmd.server.streams.OpenCodeMessage.Aside;
import dev.atmd.server.streams.OpenCodeMessage.Bad;
import dev.atmd.server.streams.OpenCodeMessage.Event;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenCodeMessageTest {
  private static final Instant ASKED_AT = Instant.parse("2026-11-21T08:00:00Z");
  private static final String DURABLE =
      "{\"id\":\"evt_1\",\"created\":%d,\"type\":\"session.execution.started\","
          + "\"durable\":{\"aggregateID\":\"s\",\"seq\":1},\"data\":{\"sessionID\":\"s\"}}";

  private static OpenCodeMessage read(String message) {
    return OpenCodeMessage.read(message.getBytes(StandardCharsets.UTF_8), ASKED_AT);
  }

  private static Event event(String message) {
    if (read(message) instanceof Event event) {
      return event;
    }
    throw new AssertionError("no event: " + message);
  }

  private static AgentEventLine beside(String message) {
    return event(message).beside();
  }

  private static String payload(String message) {
    return new String(event(message).payload(), StandardCharsets.UTF_8);
  }

  @Test
  void handsOnAnEventAsItIs() {
    var event = "{ \"type\":\"session.idle\", \"properties\":{\"sessionID\":\"s\"} }";

    assertThat(payload(event)).isEqualTo(event);
    assertThat(beside(event))
        .isEqualTo(new AgentEventLine("opencode", null, null, null, null, null));
  }

  @Test
  void takesAnEventOutOfTheEnvelopeOfItsDirectory() {
    assertThat(payload("{\"directory\":\"/web\",\"payload\":{\"type\":\"session.idle\"}}"))
        .isEqualTo("{\"type\":\"session.idle\",\"directory\":\"/web\"}");
  }

  @Test
  void knowsTheTimeAndTheIdOfAnEvent() {
    assertThat(beside(DURABLE.formatted(ASKED_AT.toEpochMilli())))
        .isEqualTo(
            new AgentEventLine("opencode", null, null, null, "2026-11-21T08:00:00Z", "evt_1"));
  }

  @Test
  void passesOverWhatIsReplayed() {
    assertThat(read(DURABLE.formatted(ASKED_AT.toEpochMilli() - 1))).isEqualTo(new Aside());
  }

  @Test
  void takesAnEventThatCannotBeReplayedHoweverOldItSaysItIs() {
    assertThat(beside("{\"type\":\"session.idle\",\"created\":0,\"id\":7}"))
        .isEqualTo(new AgentEventLine("opencode", null, null, null, "1970-01-01T00:00:00Z", null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"server.connected", "server.heartbeat"})
  void passesOverWhatIsAboutTheStream(String type) {
    assertThat(read("{\"type\":\"" + type + "\",\"properties\":{}}")).isEqualTo(new Aside());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "7", "{}", "{\"type\":7}", "{\"payload\":7}"})
  void noticesWhatIsNoEvent(String message) {
    assertThat(read(message)).isInstanceOf(Bad.class);
  }
}
