package dev.atmd.protocol.json;

import dev.atmd.core.session.AgentType;
import dev.atmd.core.session.AttentionReason;
import dev.atmd.core.session.ContextUsage;
import dev.atmd.core.session.Evidence;
import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LinesChanged;
import dev.atmd.core.session.Links;
import dev.atmd.core.session.Model;
import dev.atmd.core.session.Money;
import dev.atmd.core.session.Pid;
import dev.atmd.core.session.Place;
import dev.atmd.core.session.Question;
import dev.atmd.core.session.Rule;
import dev.atmd.core.session.Session;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.SessionState.AttentionNeeded;
import dev.atmd.core.session.SignalTier;
import dev.atmd.core.session.TmuxPane;
import dev.atmd.core.session.TokenCounts;
import dev.atmd.core.session.Usage;
import dev.atmd.protocol.message.SessionView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Sessions and how they look. */
final class Views {
  private static final Instant STARTED = Instant.parse("2026-11-21T06:34:46.964637879Z");
  private static final Instant ACTIVE = Instant.parse("2026-11-21T06:34:46.964639241Z");

  private static final Evidence FOUND =
      new Evidence(STARTED, "SessionStart startup", SignalTier.EVENT, Rule.BEGAN);

  private static final Question QUESTION =
      new Question(
          AttentionReason.QUESTION, "AskUserQuestion", "Which one?", null, null, SessionId.of("c"));

  private Views() {}

  /** The session of the transcript, atm-protocol §14. */
  static Session shop() {
    return Session.begun(
            SessionId.of("5b1c7a52-90d4-4d3e-8d0f-2f6f0c1f7e11"),
            new Pid(41_234),
            Harness.CLAUDE,
            FOUND,
            STARTED)
        .draft()
        .model(Model.of("claude-opus-4-5-20251101", null))
        .usage(
            new Usage(
                new ContextUsage(
                    200_000, new TokenCounts(1_000, 500, 2_000, 40_000), 50_000, 10_000, null),
                Money.ofDollars(0.35),
                Duration.ofMillis(135_000),
                Duration.ofMillis(2_300),
                new LinesChanged(150, 30)))
        .place(
            new Place(
                "/home/dev/shop",
                new Place.GitLocation("/home/dev/shop", "/home/dev/shop", "main")))
        .lastActivity(ACTIVE)
        .done();
  }

  /** A session of which everything is known that can be. */
  static Session asking() {
    return shop()
        .draft()
        .agentType(AgentType.ofRole("explore"))
        .state(new AttentionNeeded(ACTIVE, QUESTION))
        .pane(new TmuxPane("%3"))
        .links(new Links(SessionId.of("p"), List.of(SessionId.of("c"), SessionId.of("pending-9"))))
        .firstPrompt("fix \"the\" tests\\\n\u0001\u007f\u2028é\uD83D\uDE00/")
        .done();
  }

  /** A session of which nothing is known. */
  static Session silent() {
    return Session.begun(SessionId.of(""), null, Harness.UNKNOWN, FOUND, STARTED);
  }

  static SessionView view(Session session) {
    return SessionView.of(session, ACTIVE);
  }

  /** The view as a 1.0 daemon shows it. */
  static SessionView withoutPlain(SessionView view) {
    return new SessionView(
        view.id(),
        view.idShort(),
        view.agentType(),
        view.harness(),
        view.model(),
        view.status(),
        view.statusLabel(),
        view.activityDetail(),
        view.shouldBlink(),
        view.statusIcon(),
        view.contextPercentage(),
        view.contextDisplay(),
        view.contextWarning(),
        view.contextCritical(),
        view.costDisplay(),
        view.costUsd(),
        view.durationDisplay(),
        view.durationSeconds(),
        view.linesDisplay(),
        view.workingDirectory(),
        view.needsAttention(),
        view.lastActivityDisplay(),
        view.ageDisplay(),
        view.startedAt(),
        view.lastActivity(),
        view.tmuxPane(),
        view.projectRoot(),
        view.worktreePath(),
        view.worktreeBranch(),
        view.parentSessionId(),
        view.childSessionIds(),
        view.firstPrompt(),
        null);
  }
}
