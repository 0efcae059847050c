package dev.atmd.server.broadcast;

/** Counts deliveries. Called on event loops; must not block. */
@FunctionalInterface
public interface BroadcastGauges {
  /** So many events were offered to subscribers: events times subscribers. */
  void delivered(long events);
}
