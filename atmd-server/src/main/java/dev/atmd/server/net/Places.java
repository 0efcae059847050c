package dev.atmd.server.net;

import dev.atmd.core.session.Pid;
import dev.atmd.core.session.Place;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Finds out where sessions work. Never blocks; an answer always comes, late lookups answer empty.
 */
public interface Places {
  /** What git knows of a directory. */
  CompletableFuture<Place> of(String directory);

  /** Where a process works; empty if it is gone or not ours to read. */
  CompletableFuture<Optional<Place>> of(Pid pid);
}
