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
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * What has changed since somebody took it to keep it. Sessions are noted once however often they
 * change, so that who is slow has no more to do. Bounded: history that there is no room for is
 * counted, and when there are too many names, all is to be written anew. Owned by the {@link
 * Population}.
 */
final class Journal {
  /** What an entry or a name takes beside its texts. */
  private static final int ENTRY_BYTES = 128;

  /** What a whole session takes beside its texts. */
  private static final int SESSION_BYTES = 512;

  private final RegistryLimits limits;

  /** Sessions that there are, and that are new or have changed. */
  private final SequencedSet<Tracked> touched = new LinkedHashSet<>();

  private final SequencedSet<SessionId> removed = new LinkedHashSet<>();
  private final SequencedMap<SessionId, EndedSession> ended = new LinkedHashMap<>();
  private final SequencedSet<String> seen = new LinkedHashSet<>();
  private final List<HistoryEntry> history = new ArrayList<>();
  private Instant now = Instant.EPOCH;
  private long nameBytes;
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

  /** Not when all there is will be written in any case. */
  private boolean notesNames() {
    return !isOff() && !incomplete;
  }

  /** The session is new or has changed. */
  void touched(Tracked tracked) {
    if (notesNames()) {
      touched.add(tracked);
    }
  }

  /** No session, or another one, has this name now. */
  private void removed(SessionId id) {
    if (notesNames() && removed.add(id)) {
      countName(id.value());
    }
  }

  void ended(EndedSession session) {
    if (notesNames() && ended.putLast(session.id(), session) == null) {
      countName(session.id().value());
    }
  }

  /** An event was applied. */
  void seen(String event) {
    if (notesNames()) {
      seen.addLast(event);
      countName(event);
    }
  }

  private void countName(String name) {
    nameBytes += ENTRY_BYTES + Texts.bytes(name.length());
    if (nameBytes > limits.journalBytes()) {
      incomplete = true;
      forgetNames();
    }
  }

  private void forgetNames() {
    touched.clear();
    removed.clear();
    ended.clear();
    seen.clear();
    nameBytes = 0;
  }

  void began(Tracked tracked) {
    touched(tracked);
    note(new Began(tracked.session, now));
    changed(tracked.session.id(), tracked.newestTransition());
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

  void gone(Tracked tracked, RemovalReason reason, @Nullable SessionId successor) {
    touched.remove(tracked);
    removed(tracked.session.id());
    note(new Gone(tracked.session, now, reason, successor));
  }

  /** What is to be noted of an event that has not been applied to the session yet, if anything. */
  @Nullable HistoryEntry of(LifecycleEvent event, Tracked tracked, Instant at) {
    if (isOff()) {
      return null;
    }
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
    var bytes = ENTRY_BYTES + Texts.bytes(entry.session().value().length()) + bytesOf(entry);
    if (historyBytes + bytes > limits.journalBytes()) {
      lost++;
    } else {
      history.add(entry);
      historyBytes += bytes;
    }
  }

  private static int bytesOf(HistoryEntry entry) {
    return switch (entry) {
      case Began(var first, _) -> SESSION_BYTES + Texts.bytes(Texts.chars(first));
      case Gone(var last, _, _, _) -> SESSION_BYTES + Texts.bytes(Texts.chars(last));
      case StateChanged(_, var transition) -> Texts.bytes(Texts.chars(transition));
      case Prompted(_, _, var prompt) -> Texts.bytes(prompt.length());
      case ToolBegan(_, _, var call) -> Texts.bytes(call.chars());
      case ToolDone(_, _, var call, _) -> Texts.bytes(call.chars());
      case Renamed(_, _, var successor) -> Texts.bytes(successor.value().length());
    };
  }

  /**
   * All of it; nothing is left.
   *
   * @param everything whether all there is is wanted, changed or not
   */
  ChangeSet take(boolean everything, Population population) {
    var complete = everything || incomplete;
    var changed = complete ? population.sessions.all() : touched;
    var changes =
        new ChangeSet(
            complete,
            changed.stream().map(population::kept).toList(),
            complete ? List.of() : List.copyOf(removed),
            complete ? population.ended.all() : List.copyOf(ended.values()),
            complete ? population.seen.all() : List.copyOf(seen),
            history,
            lost);
    forgetNames();
    history.clear();
    historyBytes = 0;
    lost = 0;
    incomplete = false;
    return changes;
  }
}
