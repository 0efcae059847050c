package dev.atmd.server.git;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.atmd.core.session.Pid;
import dev.atmd.core.session.Place;
import dev.atmd.core.session.Place.GitLocation;
import dev.atmd.server.net.Places;
import dev.atmd.server.process.ProcFs;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Where sessions work, remembered. What is not remembered is read on the executor for files; a disk
 * that does not answer in time delays nobody. Thread-safe.
 */
public final class GitPlaces implements Places {
  /** Directories that sessions work in; far more than anybody has. */
  private static final int MAX_DIRECTORIES = 10_000;

  /** Those with paths of usual length; a sender may name much longer ones. */
  private static final long MAX_WEIGHT = MAX_DIRECTORIES * 256L;

  private static final int MAX_PROCESSES = 100_000;

  /** A process may change its directory, but what it reports itself is newer anyway. */
  private static final Duration PROCESS_REMEMBERED = Duration.ofSeconds(30);

  /** How long a report waits for a slow disk. */
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private final AsyncLoadingCache<String, Place> directories;
  private final AsyncCache<Pid, Optional<String>> processes;
  private final ProcFs procFs;

  /** Directories whose first look-up took too long, so that sessions lack what it found. */
  private final Set<String> late = ConcurrentHashMap.newKeySet();

  /**
   * @param files runs what may block; may refuse work when it has too much
   */
  public GitPlaces(ProcFs procFs, Executor files) {
    this.procFs = procFs;
    this.directories =
        Caffeine.newBuilder()
            .maximumWeight(MAX_WEIGHT)
            .weigher((String directory, Place _) -> 64 + directory.length())
            .executor(files)
            .buildAsync(GitPlaces::look);
    this.processes =
        Caffeine.newBuilder()
            .maximumSize(MAX_PROCESSES)
            .expireAfterWrite(PROCESS_REMEMBERED)
            .executor(files)
            .buildAsync();
  }

  @Override
  public CompletableFuture<Place> of(String directory) {
    var lookup = directories.get(directory);
    return isThere(lookup) ? lookup : lateIfNotInTime(directory, lookup);
  }

  private CompletableFuture<Place> lateIfNotInTime(
      String directory, CompletableFuture<Place> lookup) {
    return inTime(lookup, new Place(directory, null))
        .thenApply(place -> {
          if (!lookup.isDone() && late.size() < MAX_DIRECTORIES) {
            late.add(directory);
          }
          return place;
        });
  }

  @Override
  public CompletableFuture<Optional<Place>> of(Pid pid) {
    return inTime(processes.get(pid, procFs::directory), Optional.<String>empty())
        .thenCompose(directory ->
            directory.isEmpty()
                ? CompletableFuture.completedFuture(Optional.<Place>empty())
                : of(directory.get()).thenApply(Optional::of));
  }

  /** Reads all known directories again and tells of those that git sees differently now. Blocks. */
  public void refresh(BiConsumer<String, @Nullable GitLocation> changed) {
    var known = directories.synchronous();
    known
        .asMap()
        .forEach((directory, old) -> {
          var now = look(directory);
          if (late.remove(directory) || !now.equals(old)) {
            known.put(directory, now);
            changed.accept(directory, now.git());
          }
        });
  }

  private static Place look(String directory) {
    return new Place(directory, GitFiles.locate(directory).orElse(null));
  }

  private static boolean isThere(CompletableFuture<?> lookup) {
    return lookup.isDone() && !lookup.isCompletedExceptionally();
  }

  private static <T> CompletableFuture<T> inTime(CompletableFuture<T> lookup, T unknown) {
    if (isThere(lookup)) {
      return lookup;
    }
    return lookup
        .copy()
        .completeOnTimeout(unknown, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(_ -> unknown);
  }
}
