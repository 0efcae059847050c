package dev.atmd.server.net;

import dev.atmd.protocol.message.DaemonMessage.DiscoveryComplete;
import java.util.concurrent.CompletableFuture;

/** Looks for agents that have not reported themselves. Never blocks the caller. */
@FunctionalInterface
public interface Finder {
  /** Scans once; completes when what was found has been registered. Never fails. */
  CompletableFuture<DiscoveryComplete> discover();
}
