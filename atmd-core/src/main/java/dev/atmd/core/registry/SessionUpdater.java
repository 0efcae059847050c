package dev.atmd.core.registry;

import dev.atmd.core.registry.RegistryCommand.RegisterProcess;
import dev.atmd.core.session.ContextUsage;
import dev.atmd.core.session.LifecycleEvent.ModelChanged;
import dev.atmd.core.session.LifecycleEvent.PromptSubmitted;
import dev.atmd.core.session.LifecycleEvent.UsageMeasured;
import dev.atmd.core.session.Place;
import dev.atmd.core.session.Session;
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

  /** The numbers of a status line of a known session (§5.3). */
  Session status(Session session, StatusReport report, @Nullable Place place, Instant now) {
    return withNumbers(session, report, place).lastActivity(now).done();
  }

  /** What an event says of a session beside its state (§6). */
  Session lifecycle(Session session, LifecycleReport report, @Nullable Place place, Instant now) {
    var numbers = report.details().numbers();
    var draft = numbers == null ? session.draft() : withNumbers(session, numbers, place);
    draft.lastActivity(now);
    if (report.pane() != null) {
      draft.pane(report.pane());
    }
    if (session.place() == null && place != null) {
      draft.place(place);
    }
    switch (report.event()) {
      case PromptSubmitted(var prompt)
          when prompt != null && !prompt.isEmpty() && session.firstPrompt() == null ->
          draft.firstPrompt(shortened(prompt, promptChars));
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

  /** A conversation that takes the place of another goes on where that one was. */
  static Session inheriting(Session begun, @Nullable Tracked predecessor) {
    if (predecessor == null) {
      return begun;
    }
    var before = predecessor.session;
    var draft = begun.draft().model(before.model()).place(before.place());
    if (before.pane() != null) {
      draft.pane(before.pane());
    }
    if (before.version() != null) {
      draft.version(before.version());
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
    if (report.limits() != null) {
      draft.limits(report.limits());
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
        : new Usage(
            context,
            orElse(costs.total(), old.cost()),
            costs.total() != null || old.costKnown(),
            orElse(costs.duration(), old.total()),
            orElse(costs.apiDuration(), old.api()),
            orElse(costs.lines(), old.lines()));
  }

  private static <T> T orElse(@Nullable T said, T known) {
    return said == null ? known : said;
  }

  private static ContextUsage context(ContextUsage old, StatusReport.Context said) {
    var current = said.current();
    var saysNothingNew = current == null && said.percentage() == null;
    return new ContextUsage(
        orElse(said.window(), old.window()),
        orElse(current, old.current()),
        orElse(said.totalInput(), old.totalInput()),
        orElse(said.totalOutput(), old.totalOutput()),
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

  static String shortened(String prompt, int promptChars) {
    if (prompt.length() <= promptChars) {
      return prompt;
    }
    var cut = Character.isHighSurrogate(prompt.charAt(promptChars - 1)) ? 1 : 0;
    return prompt.substring(0, promptChars - cut) + "…";
  }
}
