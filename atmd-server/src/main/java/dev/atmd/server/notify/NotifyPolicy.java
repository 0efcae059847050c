package dev.atmd.server.notify;

import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.SessionState;
import dev.atmd.core.session.SessionState.AttentionNeeded;
import dev.atmd.core.session.SessionState.Idle;
import dev.atmd.core.session.SessionState.Working;
import dev.atmd.server.notify.Notice.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is told, and when:
 *
 * <pre>
 * waits for its user           NEEDS_INPUT once it has lasted; again when nobody reacts
 * stops waiting                nothing, and what was still to be told of it is not
 * rests after a long turn      DONE, or FAILED with the reason
 * its process died in a turn   DIED
 * its plan is nearly used up   QUOTA, once until it is not any more
 * </pre>
 *
 * Pure: time comes in. Not thread-safe.
 */
final class NotifyPolicy {
  private final NotifyConfig config;
  private final Map<SessionId, Known> sessions = new HashMap<>();

  /** Those of which something is to be told. */
  private final Set<Known> waiting = new LinkedHashSet<>();

  NotifyPolicy(NotifyConfig config) {
    this.config = config;
  }

  /** A session as far as it has been told of. */
  private static final class Known {
    private Sight sight;
    private @Nullable Instant turnBegan;
    private boolean quotaTold;

    /** What is to be told if nothing changes; null if nothing is. */
    private @Nullable Pending pending;

    private final Map<Kind, Instant> told = new EnumMap<>(Kind.class);

    Known(Sight sight) {
      this.sight = sight;
    }
  }

  private record Pending(Kind kind, Instant due, boolean repeated) {}

  /** A session is there, or has changed; what is to be told at once. */
  List<Notice> seen(Sight sight, Instant now) {
    var known = sessions.get(sight.id());
    if (known == null) {
      known = new Known(sight);
      sessions.put(sight.id(), known);
      begin(known, null, now);
    } else {
      var before = known.sight.state();
      known.sight = sight;
      if (!isSame(before, sight.state())) {
        begin(known, before, now);
      }
    }
    return quota(known, now);
  }

  /** Whether nothing has changed that anybody would be told of. */
  private static boolean isSame(SessionState before, SessionState now) {
    return switch (now) {
      case AttentionNeeded(_, var question) ->
          before instanceof AttentionNeeded(_, var asked) && asked.equals(question);
      case Working _ -> before instanceof Working;
      case Idle _ -> before.equals(now);
    };
  }

  private void begin(Known known, @Nullable SessionState before, Instant now) {
    expect(known, null);
    switch (known.sight.state()) {
      case Working _ -> {
        if (!(before instanceof AttentionNeeded) || known.turnBegan == null) {
          known.turnBegan = now;
        }
      }
      case AttentionNeeded _ -> await(known, Kind.NEEDS_INPUT, now);
      case Idle(_, var problem) -> {
        var began = known.turnBegan;
        known.turnBegan = null;
        if (problem != null) {
          await(known, Kind.FAILED, now);
        } else if (began != null && !began.plus(config.turn()).isAfter(now)) {
          await(known, Kind.DONE, now);
        }
      }
    }
  }

  private void await(Known known, Kind kind, Instant now) {
    if (isWanted(kind, known.sight)) {
      var told = known.told.get(kind);
      var due = now.plus(config.settles());
      var free = told == null ? due : told.plus(config.cooldown());
      expect(known, new Pending(kind, free.isAfter(due) ? free : due, false));
    }
  }

  private void expect(Known known, @Nullable Pending pending) {
    known.pending = pending;
    if (pending == null) {
      waiting.remove(known);
    } else {
      waiting.add(known);
    }
  }

  private boolean isWanted(Kind kind, Sight sight) {
    return config.kinds().contains(kind.word())
        && (config.projects().pattern().isEmpty()
            || (sight.projectPath() != null
                && config.projects().matcher(sight.projectPath()).find()));
  }

  private List<Notice> quota(Known known, Instant now) {
    var isNear = known.sight.quota() >= config.quota();
    if (!isNear || known.quotaTold || !isWanted(Kind.QUOTA, known.sight)) {
      known.quotaTold &= isNear;
      return List.of();
    }
    known.quotaTold = true;
    var text = "%.0f %% of the plan is used".formatted(known.sight.quota());
    return List.of(Notice.of(Kind.QUOTA, known.sight, text, now, false));
  }

  /** A session is gone. */
  List<Notice> gone(SessionId id, boolean died, Instant now) {
    var known = sessions.remove(id);
    if (known != null) {
      expect(known, null);
    }
    if (known == null
        || !died
        || known.sight.state() instanceof Idle
        || !isWanted(Kind.DIED, known.sight)) {
      return List.of();
    }
    return List.of(Notice.of(Kind.DIED, known.sight, "its process ended in a turn", now, false));
  }

  /** What is to be told now because it has lasted. */
  List<Notice> due(Instant now) {
    var notices = new ArrayList<Notice>();
    for (var known : List.copyOf(waiting)) {
      var pending = known.pending;
      if (pending != null && !pending.due.isAfter(now)) {
        known.told.put(pending.kind, now);
        expect(known, next(pending, now));
        var sight = known.sight;
        var text = pending.kind == Kind.NEEDS_INPUT ? sight.question() : sight.problem();
        notices.add(Notice.of(pending.kind, sight, text, now, pending.repeated));
      }
    }
    return notices;
  }

  /** Nobody may react to a question: it is told once more. */
  private @Nullable Pending next(Pending told, Instant now) {
    return told.kind == Kind.NEEDS_INPUT && !told.repeated && config.escalates().isPositive()
        ? new Pending(told.kind, now.plus(config.escalates()), true)
        : null;
  }

  /** How long until something may be due; empty if nothing is. */
  Optional<Duration> untilDue(Instant now) {
    return waiting.stream()
        .map(known -> known.pending)
        .filter(Objects::nonNull)
        .map(pending -> Duration.between(now, pending.due))
        .min(Comparator.naturalOrder());
  }
}
