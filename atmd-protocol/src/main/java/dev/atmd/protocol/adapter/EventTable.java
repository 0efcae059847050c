package dev.atmd.protocol.adapter;

import dev.atmd.core.registry.LifecycleReport;
import dev.atmd.core.registry.LifecycleReport.Details;
import dev.atmd.core.registry.LifecycleReport.Signal;
import dev.atmd.core.registry.StatusReport;
import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LifecycleEvent;
import dev.atmd.core.session.LifecycleEvent.AttentionCleared;
import dev.atmd.core.session.LifecycleEvent.Noticed;
import dev.atmd.core.session.LifecycleEvent.SubagentEnded;
import dev.atmd.core.session.LifecycleEvent.SubagentStarted;
import dev.atmd.core.session.Model;
import dev.atmd.core.session.Pid;
import dev.atmd.core.session.RateLimits;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.SignalTier;
import dev.atmd.core.session.TmuxPane;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the events of one harness mean: where its payloads say what, and which lifecycle event each
 * of its own events is. Immutable once built.
 */
final class EventTable {
  /** Ids are remembered by the thousand. */
  private static final int MAX_ID_CHARS = 256;

  /** The year 9998: later times cannot be written as in RFC 3339 everywhere. */
  private static final long MAX_MILLIS = 253_339_228_800_000L;

  private final Harness harness;
  private final Map<String, Meaning> meanings;
  private final Map<Place, String[]> paths;
  private final Function<Facts, Numbers> numbers;

  /** How the names of those events begin that are about a session itself. */
  private final String sessionEvents;

  private EventTable(Builder builder) {
    this.sessionEvents = builder.sessionEvents;
    this.harness = builder.harness;
    this.meanings = Map.copyOf(builder.meanings);
    this.paths = Map.copyOf(builder.paths);
    this.numbers = builder.numbers;
  }

  /** Which lifecycle event the facts of one kind of event are; null if none. */
  @FunctionalInterface
  interface Meaning {
    @Nullable LifecycleEvent of(Facts facts);
  }

  /** What a payload may say; of several places the first that says something counts. */
  enum Place {
    EVENT,
    SESSION,
    /** In events that are about a session, and about nothing else that has an id. */
    SESSION_ITSELF,
    /** The subagent that it happened to. */
    AGENT,
    ROLE,
    DIRECTORY,
    MODEL,
    /** The session that started this one. */
    PARENT,
    /** What the session was called until now. */
    FORMER,
    /** What the event itself is called, also when it is sent again. */
    ID,
    /** When it happened, in milliseconds since 1970. */
    MILLIS
  }

  /** What a payload says in numbers, as far as it does. */
  record Numbers(
      @Nullable String version,
      StatusReport.@Nullable Costs costs,
      StatusReport.@Nullable Context context,
      @Nullable RateLimits limits) {
    static final Numbers NONE = new Numbers(null, null, null, null);

    static Numbers of(StatusReport.Context context) {
      return new Numbers(null, null, context, null);
    }
  }

  Harness harness() {
    return harness;
  }

  static Builder of(Harness harness) {
    return new Builder(harness);
  }

  /** The report that a payload is. */
  Payload read(Facts facts, Sender sender) {
    var event = name(facts, Place.EVENT);
    if (event == null) {
      event = sender.event();
    }
    if (event == null) {
      return new Payload.Invalid("Parse error: no event is named");
    }
    var meaning = meanings.get(event);
    if (meaning == null) {
      return new Payload.Strange(harness, event);
    }
    var happened = meaning.of(facts);
    if (happened == null) {
      return new Payload.Meaningless(event);
    }
    var pid = pid(facts, sender);
    var id = session(event, facts, pid, happened);
    if (id == null) {
      return new Payload.Invalid("Parse error: neither a session id nor a pid");
    }
    return new Payload.Lifecycle(
        new LifecycleReport(
            id,
            pid,
            harness,
            sender.pane() == null ? TmuxPane.ofNullable(facts.name("tmux_pane")) : sender.pane(),
            actor(facts, happened),
            happened,
            new Signal(signal(event, facts), tier(happened)),
            details(facts, id, pid)),
        eventId(facts),
        time(facts));
  }

  private @Nullable String eventId(Facts facts) {
    var id = name(facts, Place.ID);
    return id == null || id.length() > MAX_ID_CHARS ? null : id;
  }

  private @Nullable Instant time(Facts facts) {
    var where = paths.get(Place.MILLIS);
    var millis = where == null ? null : facts.count(where);
    return millis == null || millis == 0 || millis > MAX_MILLIS
        ? null
        : Instant.ofEpochMilli(millis);
  }

  private @Nullable String name(Facts facts, Place place) {
    var where = paths.get(place);
    return where == null ? null : facts.name(where);
  }

  private static @Nullable Pid pid(Facts facts, Sender sender) {
    if (sender.pid() != null) {
      return sender.pid();
    }
    var number = facts.count("pid");
    return number == null || number == 0 || number > 0xFFFF_FFFFL ? null : new Pid(number);
  }

  private @Nullable SessionId session(
      String name, Facts facts, @Nullable Pid pid, LifecycleEvent event) {
    var id = name(facts, Place.SESSION);
    if (id == null && name.startsWith(sessionEvents)) {
      id = name(facts, Place.SESSION_ITSELF);
    }
    if (id != null) {
      return SessionId.of(id);
    }
    if (event instanceof AttentionCleared(var request, _) && request != null) {
      return new SessionId.Asker(request);
    }
    return pid == null ? null : new SessionId.Pending(pid);
  }

  /** The subagent it happened to. Its own start and end happen to the one that has it. */
  private @Nullable String actor(Facts facts, LifecycleEvent event) {
    return event instanceof SubagentStarted || event instanceof SubagentEnded
        ? null
        : name(facts, Place.AGENT);
  }

  /** The event in the words of the harness, with what kind of it that was. */
  private static String signal(String event, Facts facts) {
    var kind = facts.name("notification_type", "tool_name", "source", "error", "reason");
    return kind == null || kind.length() > 100 ? event : event + " " + kind;
  }

  private static SignalTier tier(LifecycleEvent event) {
    return event instanceof LifecycleEvent.StateShown ? SignalTier.STATUS_LINE : SignalTier.EVENT;
  }

  private Details details(Facts facts, SessionId id, @Nullable Pid pid) {
    var parent = name(facts, Place.PARENT);
    var former = name(facts, Place.FORMER);
    var directory = name(facts, Place.DIRECTORY);
    var model = name(facts, Place.MODEL);
    var said = numbers.apply(facts);
    var isSaid = directory != null || model != null || !said.equals(Numbers.NONE);
    return new Details(
        name(facts, Place.ROLE),
        parent == null ? null : SessionId.of(parent),
        former == null ? null : SessionId.of(former),
        isSaid
            ? new StatusReport(
                id,
                pid,
                harness,
                null,
                directory,
                model == null ? null : Model.of(model, facts.name("model.display_name")),
                said.version(),
                said.costs(),
                said.context(),
                said.limits())
            : null,
        KnownFields.strange(facts.fields()));
  }

  /** A table being written. */
  static final class Builder {
    private final Harness harness;
    private final Map<String, Meaning> meanings = new HashMap<>();
    private final Map<Place, String[]> paths = new EnumMap<>(Place.class);
    private Function<Facts, Numbers> numbers = _ -> Numbers.NONE;
    private String sessionEvents = "";

    private Builder(Harness harness) {
      this.harness = harness;
      at(Place.EVENT, "hook_event_name").at(Place.SESSION, "session_id").at(Place.DIRECTORY, "cwd");
    }

    /** Says where a payload says something. */
    Builder at(Place place, String... where) {
      paths.put(place, where);
      return this;
    }

    /** Says where events whose names begin so have the id of the session that they are about. */
    Builder sessionIn(String events, String... where) {
      sessionEvents = events;
      return at(Place.SESSION_ITSELF, where);
    }

    Builder numbers(Function<Facts, Numbers> read) {
      numbers = read;
      return this;
    }

    Builder on(String event, Meaning meaning) {
      meanings.put(event, meaning);
      return this;
    }

    /** Several names of one event. */
    Builder on(List<String> events, Meaning meaning) {
      events.forEach(event -> on(event, meaning));
      return this;
    }

    /** Events that are known and change nothing. */
    Builder notice(String... events) {
      return on(List.of(events), _ -> new Noticed());
    }

    /** Takes over the events of another table that this one does not have. */
    Builder like(EventTable other) {
      other.meanings.forEach(meanings::putIfAbsent);
      return this;
    }

    EventTable build() {
      return new EventTable(this);
    }
  }
}
