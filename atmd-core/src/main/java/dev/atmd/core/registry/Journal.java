package dev.atmd.core.registry;

import dev.atmd.core.registry.HistoryEntry.Began;
import dev.atmd.core.registry.HistoryEntry.Gone;
import dev.atmd.core.registry.HistoryEntry.Prompted;
import dev.atmd.core.registry.HistoryEntry.Renamed;
import dev.atmd.core.registry.HistoryEntry.StateChanged;
import dev.atmd.core.registry.HistoryEntry.ToolBegan;
import dev.atmd.core.registry.HistoryEntry.ToolDone;
import dev.atmd.core.session.LifecycleEvent;
import dev.atmd.core.session.LifecycleEvent.PromptSubmitted;
import dev.atmd.core.session.LifecycleEvent.ToolEnded;
import dev.atmd.core.session.LifecycleEvent.ToolStarted;
import dev.atmd.core.session.Session;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.ToolCall;
import dev.atmd.core.session.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What has changed since somebody took it to keep it. Sessions are noted once however often they
 * change, so that who is slow has no more to do. Bounded: history that there is no room for is
 * counted, all else is known again when everything is asked for. Owned by the {@link SessionTable}.
 */
final class Journal {
  /** What an entry takes beside its texts. */
  private static final int ENTRY_BYTES = 128;

  /** More names than these are not kept: everything is written anew then. */
  private static final int MAX_NAMES = 65_536;

  private final RegistryLimits limits;
  private final List<Tracked> touched = new ArrayList<>();
  private final SequencedSet<SessionId> removed = new LinkedHashSet<>();
  private final SequencedMap<SessionId, EndedSession> ended = new LinkedHashMap<>();
  private final SequencedSet<String> seen = new LinkedHashSet<>();
  private final List<HistoryEntry> history = new ArrayList<>();
  private Instant now = Instant.EPOCH;
  private long historyBytes;
  private long lost;
  private boolean incomplete;

  Journal(RegistryLimits limits) {
    this.limits = limits;
  }

  /** A command begins at this time. */
  void beginCommand(Instant time) {
    now = time;
  }

  private boolean isOff() {
    return limits.journalBytes() == 0;
  }

  /** The session is new or has changed. */
  void touched(Tracked tracked) {
    if (!tracked.touched && !isOff()) {
      tracked.touched = true;
      touched.add(tracked);
    }
  }

  /** No session, or another one, has this name now. */
  private void removed(SessionId id) {
    if (!isOff()) {
      incomplete |= removed.size() == MAX_NAMES && !removed.contains(id);
      if (incomplete) {
        removed.clear();
      } else {
        removed.add(id);
      }
    }
  }

  void ended(EndedSession session) {
    if (!isOff()) {
      ended.putLast(session.id(), session);
      if (ended.size() > MAX_NAMES) {
        ended.pollFirstEntry();
      }
    }
  }

  void seen(String event) {
    if (!isOff()) {
      seen.addLast(event);
      if (seen.size() > limits.rememberedEvents()) {
        seen.removeFirst();
      }
    }
  }

  void began(Tracked tracked) {
    touched(tracked);
    note(new Began(tracked.session, now));
    changed(tracked.session.id(), tracked.transitions().getLast());
  }

  void changed(SessionId id, Transition transition) {
    note(new StateChanged(id, transition));
  }

  /** The session had another name until now. */
  void renamed(SessionId old, Tracked tracked) {
    removed(old);
    touched(tracked);
    note(new Renamed(old, now, tracked.session.id()));
  }

  void gone(Session last, RemovalReason reason, @Nullable SessionId successor) {
    removed(last.id());
    note(new Gone(last, now, reason, successor));
  }

  /** What is to be noted of an event that has not been applied to the session yet, if anything. */
  @Nullable HistoryEntry of(LifecycleEvent event, Tracked tracked, Instant at) {
    var id = tracked.session.id();
    return switch (event) {
      case PromptSubmitted(var prompt) when prompt != null ->
          new Prompted(id, at, SessionUpdater.shortened(prompt, limits.promptChars()));
      case ToolStarted(var call) when !tracked.activity.running().contains(call) ->
          new ToolBegan(id, at, call);
      case ToolEnded(var call, var failed) -> new ToolDone(id, at, call, failed);
      default -> null;
    };
  }

  void note(@Nullable HistoryEntry entry) {
    if (isOff() || entry == null) {
      return;
    }
    var bytes = ENTRY_BYTES + textLength(entry);
    if (historyBytes + bytes > limits.journalBytes()) {
      lost++;
    } else {
      history.add(entry);
      historyBytes += bytes;
    }
  }

  private static int textLength(HistoryEntry entry) {
    return switch (entry) {
      case Prompted(_, _, var prompt) -> prompt.length();
      case ToolBegan(_, _, var call) -> targetLength(call);
      case ToolDone(_, _, var call, _) -> targetLength(call);
      case Began _, Renamed _, StateChanged _, Gone _ -> 0;
    };
  }

  private static int targetLength(ToolCall call) {
    return call.target() == null ? 0 : call.target().length();
  }

  /**
   * All of it; nothing is left.
   *
   * @param everything whether all sessions are wanted, changed or not
   * @param sessions all there are
   * @param kept what is to be known of one
   */
  ChangeSet take(boolean everything, SessionStore sessions, Function<Tracked, KeptSession> kept) {
    var complete = everything || incomplete;
    var changed = new ArrayList<KeptSession>();
    for (var tracked : complete ? sessions.all() : touched) {
      if (sessions.byId(tracked.session.id()) == tracked) {
        changed.add(kept.apply(tracked));
      }
    }
    touched.forEach(tracked -> tracked.touched = false);
    var changes =
        new ChangeSet(
            complete,
            changed,
            List.copyOf(removed),
            List.copyOf(ended.values()),
            List.copyOf(seen),
            history,
            lost);
    touched.clear();
    removed.clear();
    ended.clear();
    seen.clear();
    history.clear();
    historyBytes = 0;
    lost = 0;
    incomplete = false;
    return changes;
  }
}
