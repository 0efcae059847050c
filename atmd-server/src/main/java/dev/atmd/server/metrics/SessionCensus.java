package dev.atmd.server.metrics;

import dev.atmd.core.registry.EventSink;
import dev.atmd.core.registry.SessionEvent;
import dev.atmd.core.registry.SessionEvent.Registered;
import dev.atmd.core.registry.SessionEvent.Removed;
import dev.atmd.core.registry.SessionEvent.Updated;
import dev.atmd.core.session.Harness;
import dev.atmd.core.session.Session;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.Status;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** How many sessions there are of each kind. Written in the registry's turn, read on any thread. */
public final class SessionCensus implements EventSink {
  private final Map<Status, Map<Harness, AtomicInteger>> counts = new EnumMap<>(Status.class);

  /** The count that each session is part of. */
  private final Map<SessionId, AtomicInteger> countedIn = new HashMap<>();

  public SessionCensus() {
    for (var status : Status.values()) {
      var byHarness = new EnumMap<Harness, AtomicInteger>(Harness.class);
      for (var harness : Harness.values()) {
        byHarness.put(harness, new AtomicInteger());
      }
      counts.put(status, byHarness);
    }
  }

  int of(Status status, Harness harness) {
    return count(status, harness).get();
  }

  @Override
  public void accept(SessionEvent event) {
    switch (event) {
      case Registered(_, var session) -> count(session);
      case Updated(_, var session) -> count(session);
      case Removed removed -> leave(countedIn.remove(removed.id()));
    }
  }

  @Override
  public void endOfBatch() {}

  private void count(Session session) {
    var count = count(session.state().status(), session.harness());
    count.getAndIncrement();
    leave(countedIn.put(session.id(), count));
  }

  private static void leave(@Nullable AtomicInteger count) {
    if (count != null) {
      count.getAndDecrement();
    }
  }

  private AtomicInteger count(Status status, Harness harness) {
    return Objects.requireNonNull(Objects.requireNonNull(counts.get(status)).get(harness));
  }
}
