package dev.atmd.server.net;

import dev.atmd.core.registry.Outcome;
import dev.atmd.core.registry.RegistryCommand;
import dev.atmd.server.broadcast.Outbox;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots that one connection asks for. A peer that does not read holds none that it has not
 * begun to read: the next one is taken when it does. On the event loop of the connection.
 */
final class Listings {
  private final Outbox outbox;
  private final Intake intake;
  private final Executor loop;
  private @Nullable Runnable next;

  /**
   * @param loop runs on the event loop what the registry answers
   */
  Listings(Outbox outbox, Intake intake, Executor loop) {
    this.outbox = outbox;
    this.intake = intake;
    this.loop = loop;
  }

  /** Asks for it once all before it has been read. Not to be called while one waits. */
  void take(RegistryCommand question, Consumer<Outcome> taken) {
    if (outbox.isDrained()) {
      takeNow(question, taken);
    } else {
      next = () -> takeNow(question, taken);
    }
  }

  /** Asks for it at once. */
  void takeNow(RegistryCommand question, Consumer<Outcome> taken) {
    intake.submit(question, outcome -> loop.execute(() -> taken.accept(outcome)));
  }

  /** The outbox has drained. */
  void drained() {
    var waiting = next;
    next = null;
    if (waiting != null) {
      waiting.run();
    }
  }
}
