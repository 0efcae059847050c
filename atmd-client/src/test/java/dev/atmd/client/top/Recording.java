package dev.atmd.client.top;

import dev.atmd.protocol.json.DaemonMessageReader;
import dev.atmd.protocol.message.DaemonMessage;
import dev.atmd.protocol.message.DaemonMessage.Explained;
import dev.atmd.protocol.message.DaemonMessage.SessionUpdated;
import dev.atmd.protocol.message.ExplanationView;
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
    messages().forEach(desk::news);
    return desk;
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
