package dev.atmd.server;

import static java.lang.System.Logger.Level.WARNING;

import dev.atmd.core.registry.Outcome.Applied;
import dev.atmd.core.registry.Outcome.Refused;
import dev.atmd.core.registry.Outcome.Watched;
import dev.atmd.core.registry.Registry;
import dev.atmd.core.registry.RegistryCommand;
import dev.atmd.core.registry.RegistryCommand.ExpireSilent;
import dev.atmd.core.registry.RegistryCommand.ListProcesses;
import dev.atmd.core.registry.RegistryCommand.RegisterProcess;
import dev.atmd.core.registry.RegistryCommand.Relocate;
import dev.atmd.core.registry.RegistryCommand.RemoveDead;
import dev.atmd.core.registry.SessionEvent.Registered;
import dev.atmd.protocol.message.DaemonMessage.DiscoveryComplete;
import dev.atmd.server.config.DaemonConfig.Housekeeping;
import dev.atmd.server.git.GitPlaces;
import dev.atmd.server.net.Finder;
import dev.atmd.server.process.Discovery;
import dev.atmd.server.process.Liveness;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Looks after what nobody reports: processes that died, agents that have not spoken, branches that
 * were changed on disk. On the thread "atmd-housekeeper"; what may block on a disk runs on
 * "atmd-files".
 */
final class Housekeeper implements Finder {
  private static final System.Logger LOG = System.getLogger(Housekeeper.class.getName());

  private final Registry registry;
  private final Liveness liveness;
  private final Discovery discovery;
  private final GitPlaces places;
  private final ScheduledExecutorService thread;
  private final ExecutorService files;

  /** A search that was asked for and has not begun; any event loop may ask. */
  private final AtomicReference<@Nullable CompletableFuture<DiscoveryComplete>> waiting =
      new AtomicReference<>();

  /** The latest round of looking at what git says; only the housekeeping thread asks. */
  private Future<?> refreshed = CompletableFuture.completedFuture(null);

  Housekeeper(
      Registry registry,
      Liveness liveness,
      Discovery discovery,
      GitPlaces places,
      ScheduledExecutorService thread,
      ExecutorService files) {
    this.registry = registry;
    this.liveness = liveness;
    this.discovery = discovery;
    this.places = places;
    this.thread = thread;
    this.files = files;
  }

  void start(Housekeeping every) {
    repeat(every.liveness(), this::removeDead);
    repeat(every.git(), this::refreshPlaces);
    if (every.discovery().isPositive()) {
      repeat(every.discovery(), this::register);
    }
    thread.execute(guarded(this::register));
  }

  /** Who asks while another's search has not begun yet shares it: no flood of them takes over. */
  @Override
  public CompletableFuture<DiscoveryComplete> discover() {
    var asked = new CompletableFuture<DiscoveryComplete>();
    var shared = waiting.compareAndExchange(null, asked);
    if (shared != null) {
      return shared;
    }
    try {
      thread.execute(() -> search(asked));
    } catch (RejectedExecutionException _) {
      waiting.set(null);
      asked.complete(new DiscoveryComplete(0, 0));
    }
    return asked;
  }

  private void search(CompletableFuture<DiscoveryComplete> asked) {
    waiting.set(null);
    try {
      asked.complete(register());
    } catch (InterruptedException | ExecutionException | RuntimeException e) {
      LOG.log(WARNING, "discovery failed", e);
      asked.complete(new DiscoveryComplete(0, 0));
    }
  }

  private DiscoveryComplete register() throws InterruptedException, ExecutionException {
    var discovered = 0;
    var failed = 0;
    for (var found : discovery.scan()) {
      var place = places.of(found.directory()).get();
      var command = new RegisterProcess(found.pid(), found.harness(), found.pane(), place);
      switch (registry.ask(command).get()) {
        case Applied(var events) when events.stream().anyMatch(Registered.class::isInstance) ->
            discovered++;
        case Refused _ -> failed++;
        default -> {}
      }
    }
    return new DiscoveryComplete(discovered, failed);
  }

  private void removeDead() throws InterruptedException, ExecutionException {
    if (registry.ask(new ListProcesses()).get() instanceof Watched(var watched)) {
      var dead = liveness.dead(watched);
      if (!dead.isEmpty()) {
        ask(new RemoveDead(dead));
      }
    }
    ask(new ExpireSilent());
  }

  /** One round at a time: on a disk that hangs, rounds must not take up all threads for files. */
  private void refreshPlaces() {
    if (refreshed.isDone()) {
      refreshed = CompletableFuture.runAsync(guarded(this::relocate), files);
    }
  }

  private void relocate() {
    places.refresh((directory, git) -> {
      try {
        ask(new Relocate(directory, git));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    });
  }

  private void ask(RegistryCommand command) throws InterruptedException {
    var _ = registry.ask(command);
  }

  private void repeat(Duration every, Task task) {
    var nanos = every.toNanos();
    var _ = thread.scheduleWithFixedDelay(guarded(task), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** A round that fails is logged; the next one comes all the same. */
  private static Runnable guarded(Task task) {
    return () -> {
      try {
        task.run();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | RuntimeException bug) {
        LOG.log(WARNING, "housekeeping failed", bug);
      }
    };
  }

  @FunctionalInterface
  private interface Task {
    void run() throws InterruptedException, ExecutionException;
  }
}
