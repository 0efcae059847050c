package dev.atmd.core.registry;

import dev.atmd.core.session.Activity;
import dev.atmd.core.session.Session;
import dev.atmd.core.session.Transition;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A session with what only its owner, the {@link SessionTable}, needs to know of it. */
final class Tracked {
  /** Enough to see how a session came into its state. */
  private static final int MAX_TRANSITIONS = 16;

  Session session;

  /** The process whose end ends it; null where none can be watched. */
  @Nullable ProcessStamp process;

  /** What state its events have led to. */
  final Activity activity;

  /** Whether its harness reports events, so that a status line says nothing about activity. */
  boolean reportsEvents;

  /** The sender's time of the newest event that decided its state. */
  Instant decidedAt = Instant.MIN;

  /** The sender's time of the newest event by which a turn began or ended. */
  Instant partedAt = Instant.MIN;

  /** The sender's time of the newest event that began a turn or the conversation. */
  Instant begunAt = Instant.MIN;

  /** What its texts take; kept by {@link Texts}. */
  int textBytes;

  private int transitionChars;

  private final Deque<Transition> transitions = new ArrayDeque<>(2);

  Tracked(Session session, @Nullable ProcessStamp process) {
    this.session = session;
    this.process = process;
    this.activity = new Activity();
    record(new Transition(session.state(), session.evidence()));
  }

  /** As an earlier run has left it. */
  Tracked(KeptSession kept) {
    session = kept.session();
    process = kept.process();
    activity = Activity.of(kept.activity());
    reportsEvents = kept.reportsEvents();
    decidedAt = kept.decidedAt();
    partedAt = kept.partedAt();
    begunAt = kept.begunAt();
    kept.transitions().forEach(this::record);
  }

  /** For a later run. */
  KeptSession kept(@Nullable Membership inside) {
    return new KeptSession(
        session,
        process,
        reportsEvents,
        decidedAt,
        partedAt,
        begunAt,
        transitions(),
        activity.kept(),
        inside);
  }

  /** Its first state is that of its first event. */
  void beginWith(Transition transition) {
    transitions.clear();
    transitionChars = 0;
    record(transition);
  }

  /** Takes note of a change of state. */
  void record(Transition transition) {
    if (transitions.size() == MAX_TRANSITIONS) {
      transitionChars -= Texts.chars(transitions.removeFirst());
    }
    transitions.addLast(transition);
    transitionChars += Texts.chars(transition);
  }

  /** How much text its present and its past hold, beside that of the session. */
  int chars() {
    return activity.chars() + transitionChars;
  }

  Transition newestTransition() {
    return transitions.getLast();
  }

  /** The last changes of its state, the oldest first. */
  List<Transition> transitions() {
    return List.copyOf(transitions);
  }
}
