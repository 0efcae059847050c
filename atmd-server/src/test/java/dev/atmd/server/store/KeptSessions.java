package dev.atmd.server.store;

import dev.atmd.core.registry.ChangeSet;
import dev.atmd.core.registry.EndedSession;
import dev.atmd.core.registry.HistoryEntry;
import dev.atmd.core.registry.KeptSession;
import dev.atmd.core.registry.Membership;
import dev.atmd.core.registry.ProcessStamp;
import dev.atmd.core.session.AgentType;
import dev.atmd.core.session.AttentionReason;
import dev.atmd.core.session.ContextUsage;
import dev.atmd.core.session.Evidence;
import dev.atmd.core.session.Harness;
import dev.atmd.core.session.KeptActivity;
import dev.atmd.core.session.LinesChanged;
import dev.atmd.core.session.Links;
import dev.atmd.core.session.Model;
import dev.atmd.core.session.Money;
import dev.atmd.core.session.Pid;
import dev.atmd.core.session.Place;
import dev.atmd.core.session.Question;
import dev.atmd.core.session.RateLimits;
import dev.atmd.core.session.Rule;
import dev.atmd.core.session.Session;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.SessionState;
import dev.atmd.core.session.SignalTier;
import dev.atmd.core.session.TmuxPane;
import dev.atmd.core.session.TokenCounts;
import dev.atmd.core.session.ToolCall;
import dev.atmd.core.session.Transition;
import dev.atmd.core.session.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Sessions as a registry hands them over to be kept. */
final class KeptSessions {
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private static final Evidence EVIDENCE =
      new Evidence(NOON, "PermissionRequest Bash", SignalTier.EVENT, Rule.ASKED);
  private static final ToolCall CALL = new ToolCall("Bash", "t1", "git push");
  private static final Question QUESTION =
      new Question(
          AttentionReason.PERMISSION, "Bash", "May I?", "r1", CALL, SessionId.of("full/helper"));

  private KeptSessions() {}

  /** A session of which everything is known. */
  static KeptSession full() {
    var session =
        new Session(
            SessionId.of("full"),
            new Pid(4_000_000_000L),
            Harness.CLAUDE,
            AgentType.ofRole("explore"),
            Model.of("claude-opus-4-5-20251101", null),
            new SessionState.AttentionNeeded(NOON, QUESTION),
            new Usage(
                new ContextUsage(200_000, new TokenCounts(1, 2, 3, 4), 50_000, -1, 42.5),
                new Money(1_250_000),
                Duration.ofMillis(90_500),
                Duration.ofMillis(1),
                new LinesChanged(7, 8)),
            new Place("/home/dev/app", new Place.GitLocation("/home/dev/app", null, "main")),
            new TmuxPane("%7"),
            new Links(SessionId.of("pending-12"), List.of(SessionId.of("full/helper"))),
            "fix the tests",
            "2.0.1",
            new RateLimits(new RateLimits.Window(12.5, NOON), null),
            EVIDENCE,
            NOON.minusSeconds(60),
            NOON);
    return new KeptSession(
        session,
        new ProcessStamp(new Pid(4_000_000_000L), 12_345),
        true,
        NOON,
        Instant.MIN,
        NOON.minusSeconds(60),
        List.of(
            new Transition(new SessionState.Idle(NOON.minusSeconds(60), "a problem"), EVIDENCE),
            new Transition(new SessionState.Working(NOON, "Bash", "ls"), EVIDENCE),
            new Transition(new SessionState.AttentionNeeded(NOON, QUESTION), EVIDENCE)),
        new KeptActivity(
            true,
            false,
            false,
            false,
            true,
            false,
            "Bash",
            "ls",
            List.of(QUESTION),
            List.of(CALL),
            List.of(ToolCall.of("Read")),
            List.of("t0"),
            List.of("helper")),
        new Membership("helper", "explore"));
  }

  /** A session of which next to nothing is known. */
  static KeptSession bare(String id) {
    var evidence = new Evidence(NOON, "SessionStart", SignalTier.EVENT, Rule.BEGAN);
    var session = Session.begun(SessionId.of(id), null, Harness.PI, evidence, NOON);
    return new KeptSession(
        session,
        null,
        true,
        Instant.MIN,
        Instant.MIN,
        Instant.MIN,
        List.of(new Transition(session.state(), evidence)),
        new KeptActivity(
            false, false, false, false, false, false, null, null, List.of(), List.of(), List.of(),
            List.of(), List.of()),
        null);
  }

  static ChangeSet changed(KeptSession... sessions) {
    return new ChangeSet(false, List.of(sessions), List.of(), List.of(), List.of(), List.of(), 0);
  }

  static ChangeSet removed(String id, EndedSession... ended) {
    return new ChangeSet(
        false, List.of(), List.of(SessionId.of(id)), List.of(ended), List.of(), List.of(), 0);
  }

  static ChangeSet seen(String... events) {
    return new ChangeSet(false, List.of(), List.of(), List.of(), List.of(events), List.of(), 0);
  }

  static ChangeSet happened(HistoryEntry... entries) {
    return new ChangeSet(false, List.of(), List.of(), List.of(), List.of(), List.of(entries), 0);
  }
}
