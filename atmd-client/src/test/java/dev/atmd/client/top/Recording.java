package dev.atmd.client.top;

import dev.atmd.protocol.json.DaemonMessageReader;
import dev.atmd.protocol.message.DaemonMessage;
import dev.atmd.protocol.message.DaemonMessage.Explained;
import dev.atmd.protocol.message.DaemonMessage.SessionRemoved;
import dev.atmd.protocol.message.DaemonMessage.SessionUpdated;
import dev.atmd.protocol.message.ExplanationView;
import dev.atmd.protocol.message.HistoryAnswer.Over;
import dev.atmd.protocol.message.SessionView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** What a real daemon said while seven agents reported to it; one of them is hostile. */
final class Recording {
  /** Some minutes after its last event. */
  static final Instant NOW = Instant.parse("2026-11-21T19:46:30Z");

  /** The session that asks for a permission at the end of it. */
  static final String ASKING = "5b1c7a52-90d4-4d3e-8d0f-2f6f0c1f7e11";

  /** The session that has two subagents. */
  static final String PARENT = "8e2f91aa-12d4-4d3e-8d0f-2f6f0c1f7e12";

  /** The session whose turn is over, unseen. */
  static final String DONE = "0192f7c4-aaaa-7bbb-8ccc-0123456789ab";

  /** The session that rests. */
  static final String IDLE = "d0c5d0c5-1111-4222-8333-444455556666";

  private Recording() {}

  static List<DaemonMessage> messages() {
    return text("fleet.jsonl").lines().map(Recording::message).toList();
  }

  /** What the daemon explained of {@link #ASKING}. */
  static ExplanationView explanation() {
    return ((Explained) message(text("explained.json").strip())).explanation();
  }

  /** A desk that has heard it all. */
  static Desk desk(Theme theme) {
    var desk = DeskTest.desk(theme);
    messages().forEach(message -> desk.news(message, NOW));
    return desk;
  }

  /** The same after some have ended, in every way, and one before it began to listen. */
  static Desk finishing(Theme theme) {
    var desk = desk(theme);
    desk.news(removed(DONE, "session_ended"), NOW.minusSeconds(90));
    desk.news(removed(IDLE, "process_died"), NOW.minusSeconds(20));
    desk.told(
        new Told.Recalled(
            List.of(
                new Over(
                    NOW.minusSeconds(3_000),
                    "0badcafe-0000-4000-8000-000000000001",
                    "pi",
                    "/home/dev/\u001b[31mnight",
                    "main",
                    null,
                    "expired",
                    NOW.minusSeconds(3_300),
                    0.5))));
    return desk;
  }

  static SessionRemoved removed(String id, String reason) {
    return new SessionRemoved(id, 900, "run-1", reason, null);
  }

  /** The session as it is at the end. */
  static SessionView view(String id) {
    return messages().reversed().stream()
        .flatMap(message ->
            message instanceof SessionUpdated(var view, _, _) && view.id().equals(id)
                ? java.util.stream.Stream.of(view)
                : java.util.stream.Stream.of())
        .findFirst()
        .orElseThrow();
  }

  private static DaemonMessage message(String line) {
    try {
      return DaemonMessageReader.read(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(String name) {
    try (var in = Recording.class.getResourceAsStream("/top/" + name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
