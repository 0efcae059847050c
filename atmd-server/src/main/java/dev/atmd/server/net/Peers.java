package dev.atmd.server.net;

import dev.atmd.protocol.frame.FrameBudget;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The processes at the other ends. All run as one user, so a user's share would bound nobody; but
 * one process that runs wild gets only its share of the connections, and half of what unfinished
 * lines may take. Thread-safe.
 */
final class Peers {
  private final int maxConnections;
  private final FrameBudget unfinished;
  private final ConcurrentHashMap<Integer, Peer> peers = new ConcurrentHashMap<>();

  /**
   * @param maxConnections connections of one process
   * @param unfinished what all may take
   */
  Peers(int maxConnections, FrameBudget unfinished) {
    this.maxConnections = maxConnections;
    this.unfinished = unfinished;
  }

  /**
   * One process, for as long as it has a connection.
   *
   * @param unfinished its share
   */
  record Peer(int pid, int connections, FrameBudget unfinished) {
    private Peer with(int more) {
      return new Peer(pid, connections + more, unfinished);
    }
  }

  /** Takes a connection for a process; null if it has as many as it may. */
  @Nullable Peer join(int pid) {
    var joined =
        peers.compute(
            pid, (_, known) -> known == null ? new Peer(pid, 1, unfinished.half()) : known.with(1));
    if (joined.connections <= maxConnections) {
      return joined;
    }
    leave(joined);
    return null;
  }

  /** A connection of that process has ended. */
  void leave(Peer peer) {
    peers.computeIfPresent(peer.pid, (_, known) -> known.connections == 1 ? null : known.with(-1));
  }

  /** How many processes have a connection. */
  int count() {
    return peers.size();
  }
}
