package dev.atmd.server.notify;

import dev.atmd.core.session.AttentionReason;
import dev.atmd.core.session.Question;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.SessionState;
import dev.atmd.core.session.SessionState.AttentionNeeded;
import dev.atmd.core.session.SessionState.Idle;
import dev.atmd.core.session.SessionState.Working;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;

/** Sessions as the policy sees them, and settings to judge them by. */
final class Sights {
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private Sights() {}

  static Sight working(String id) {
    return sight(id, new Working(NOON, null), 0);
  }

  static Sight asking(String id, String text) {
    var question = new Question(AttentionReason.PERMISSION, "Bash", text, null, null, null);
    return sight(id, new AttentionNeeded(NOON, question), 0);
  }

  static Sight idle(String id) {
    return sight(id, new Idle(NOON), 0);
  }

  static Sight failed(String id, String problem) {
    return sight(id, new Idle(NOON, problem), 0);
  }

  static Sight using(String id, double quota) {
    return sight(id, new Working(NOON, null), quota);
  }

  private static Sight sight(String id, SessionState state, double quota) {
    return new Sight(
        SessionId.of(id), "Claude Code", "shop", "/home/dev/shop", null, null, state, quota);
  }

  /** Two seconds to settle, turns of thirty, a minute's cooldown, told again after five. */
  static NotifyConfig config(String projects, String... kinds) {
    return new NotifyConfig(
        Set.of("command"),
        Set.of("command"),
        kinds.length > 0 ? Set.of(kinds) : Set.of("needs_input", "done", "failed", "died", "quota"),
        Pattern.compile(projects),
        Duration.ofSeconds(2),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        90,
        null,
        "",
        new WebhookConfig(null, false, "json", ""));
  }
}
