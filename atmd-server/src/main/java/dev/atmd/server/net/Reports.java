package dev.atmd.server.net;

import dev.atmd.core.registry.RegistryCommand;
import dev.atmd.core.registry.RegistryCommand.ApplyLifecycle;
import dev.atmd.core.registry.RegistryCommand.ApplyStatus;
import dev.atmd.protocol.message.ClientMessage.LifecycleUpdate;
import dev.atmd.protocol.message.ClientMessage.StatusUpdate;
import java.util.concurrent.CompletableFuture;

/** The commands that reports come to, once it is known where their agents work. Thread-safe. */
public final class Reports {
  private final Places places;

  public Reports(Places places) {
    this.places = places;
  }

  /** Never fails. */
  public CompletableFuture<RegistryCommand> command(StatusUpdate update) {
    var directory = update.report().directory();
    return directory == null
        ? CompletableFuture.completedFuture(
            new ApplyStatus(update.report(), update.delivery(), null))
        : places
            .of(directory)
            .thenApply(place -> new ApplyStatus(update.report(), update.delivery(), place));
  }

  /** Never fails. */
  public CompletableFuture<RegistryCommand> command(LifecycleUpdate update) {
    var report = update.report();
    var numbers = report.details().numbers();
    if (numbers != null && numbers.directory() != null) {
      return places
          .of(numbers.directory())
          .thenApply(place -> new ApplyLifecycle(report, update.delivery(), place));
    }
    return report.pid() == null
        ? CompletableFuture.completedFuture(new ApplyLifecycle(report, update.delivery(), null))
        : places
            .of(report.pid())
            .thenApply(place -> new ApplyLifecycle(report, update.delivery(), place.orElse(null)));
  }
}
