package dev.atmd.core.registry;

import dev.atmd.core.registry.RegistryCommand.RegisterProcess;
import dev.atmd.core.session.ContextUsage;
import dev.atmd.core.session.LifecycleEvent.ModelChanged;
import dev.atmd.core.session.LifecycleEvent.PromptSubmitted;
import dev.atmd.core.session.LifecycleEvent.UsageMeasured;
import dev.atmd.core.session.Place;
import dev.atmd.core.session.Session;
import dev.atmd.core.session.StatePolicy;
import dev.atmd.core.session.TokenCounts;
import dev.atmd.core.session.Usage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a report changes in one session. Stateless; sees no other session. */
final class SessionUpdater {
  private final int promptChars;

  SessionUpdater(int promptChars) {
    this.promptChars = promptChars;
  }

  /** A session that begins with a status line (atm-behaviour §5.2): it starts idle. */
  Session firstStatus(Session begun, StatusReport report, @Nullable Place place) {
    return withNumbers(begun, report, place).done();
  }

  /**
   * A status line of a known session (§5.3). It shows activity only where nothing better does:
   * harnesses also redraw it after a turn has ended.
   */
  Session status(
      Session session,
      StatusReport report,
      @Nullable Place place,
      boolean reportsEvents,
      Instant now) {
    var draft = withNumbers(session, report, place).lastActivity(now);
    if (!reportsEvents) {
      draft.state(StatePolicy.busy(session.state(), now));
    }
    return draft.done();
  }

  /**
   * An event of a session (§6).
   *
   * @param late whether a newer event has already decided the state
   */
  Session lifecycle(
      Session session,
      LifecycleReport report,
      @Nullable Place place,
      boolean late,
      Instant at,
      Instant now) {
    var draft = session.draft().lastActivity(now);
    if (!late) {
      draft.state(StatePolicy.next(session.state(), report.event(), report.agentId(), at));
    }
    if (report.pane() != null) {
      draft.pane(report.pane());
    }
    if (session.place() == null) {
      draft.place(place);
    }
    switch (report.event()) {
      case PromptSubmitted(var prompt)
          when prompt != null && !prompt.isEmpty() && session.firstPrompt() == null ->
          draft.firstPrompt(shortened(prompt));
      case UsageMeasured measured -> draft.usage(measured(session.usage(), measured));
      case ModelChanged(var model) -> draft.model(model);
      default -> {}
    }
    return draft.done();
  }

  /** A session whose process was found: only what is not known yet (§7, R11). */
  Session discovered(Session session, RegisterProcess found) {
    var draft = session.draft();
    if (session.place() == null) {
      draft.place(found.place());
    }
    if (session.pane() == null && found.pane() != null) {
      draft.pane(found.pane());
    }
    return draft.done();
  }

  private static Session.Draft withNumbers(
      Session session, StatusReport report, @Nullable Place place) {
    var draft = session.draft().usage(usage(session.usage(), report));
    if (report.model() != null) {
      draft.model(report.model());
    }
    if (report.version() != null) {
      draft.version(report.version());
    }
    if (report.pane() != null) {
      draft.pane(report.pane());
    }
    if (place != null) {
      draft.place(place);
    } else if (report.directory() != null && !isAt(session, report.directory())) {
      draft.place(new Place(report.directory(), null));
    }
    return draft;
  }

  private static boolean isAt(Session session, String directory) {
    return session.place() != null && session.place().directory().equals(directory);
  }

  private static Usage usage(Usage old, StatusReport report) {
    var costs = report.costs();
    var context =
        report.context() == null ? old.context() : context(old.context(), report.context());
    return costs == null
        ? old.withContext(context)
        : new Usage(context, costs.total(), costs.duration(), costs.apiDuration(), costs.lines());
  }

  private static ContextUsage context(ContextUsage old, StatusReport.Context said) {
    var current = said.current();
    var saysNothingNew = current == null && said.percentage() == null;
    return new ContextUsage(
        said.window() == null ? old.window() : said.window(),
        current == null ? old.current() : current,
        said.totalInput(),
        said.totalOutput(),
        saysNothingNew ? old.reportedPercentage() : said.percentage());
  }

  private static Usage measured(Usage old, UsageMeasured measured) {
    var usage = measured.cost() == null ? old : old.withCost(measured.cost());
    var tokens = measured.tokens();
    if (tokens == null) {
      return usage;
    }
    var context = usage.context();
    var current = context.current();
    return usage.withContext(
        new ContextUsage(
            context.window(),
            new TokenCounts(tokens, current.output(), current.cacheCreation(), current.cacheRead()),
            tokens,
            context.totalOutput(),
            null));
  }

  private String shortened(String prompt) {
    if (prompt.length() <= promptChars) {
      return prompt;
    }
    var cut = Character.isHighSurrogate(prompt.charAt(promptChars - 1)) ? 1 : 0;
    return prompt.substring(0, promptChars - cut) + "…";
  }
}
