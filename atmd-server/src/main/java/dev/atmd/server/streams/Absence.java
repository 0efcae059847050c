package dev.atmd.server.streams;

import dev.atmd.core.registry.Delivery;
import dev.atmd.core.registry.IdentityRule;
import dev.atmd.core.registry.LifecycleReport;
import dev.atmd.core.registry.LifecycleReport.Details;
import dev.atmd.core.registry.LifecycleReport.Signal;
import dev.atmd.core.registry.Outcome;
import dev.atmd.core.registry.RegistryCommand.ApplyLifecycle;
import dev.atmd.core.registry.RegistryCommand.Explain;
import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LifecycleEvent;
import dev.atmd.core.session.LifecycleEvent.SessionEnded;
import dev.atmd.core.session.LifecycleEvent.SessionStarted;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.SignalTier;
import dev.atmd.server.net.Intake;
import io.netty.channel.EventLoop;
import java.util.List;

/**
 * What it means for sessions that the stream that told of them is lost, and that it is back
 * (docs/decisions/0013). On the event loop of the stream.
 */
final class Absence {
  private final Harness harness;
  private final ReportedSessions sessions;
  private final Intake intake;
  private final EventLoop loop;

  Absence(Harness harness, ReportedSessions sessions, Intake intake, EventLoop loop) {
    this.harness = harness;
    this.sessions = sessions;
    this.intake = intake;
    this.loop = loop;
  }

  /** A session that was ended because of it is there after all: the registry is told first. */
  void isOver(SessionId id) {
    intake.submit(said(id, new SessionStarted(), "stream back", SignalTier.EVENT), _ -> {});
  }

  /**
   * Asks of each session whether anybody else tells of it; who has a process has another source.
   */
  void endAll(List<SessionId> orphans, Runnable then) {
    var open =
        new Object() {
          int count = orphans.size();
        };
    Runnable done =
        () -> {
          open.count--;
          if (open.count == 0) {
            then.run();
          }
        };
    for (var id : orphans) {
      intake.submit(new Explain(id), outcome -> loop.execute(() -> end(id, outcome, done)));
    }
    if (orphans.isEmpty()) {
      then.run();
    }
  }

  private void end(SessionId id, Outcome outcome, Runnable done) {
    if (outcome instanceof Outcome.Explained(var known) && known.session().pid() == null) {
      sessions.lost(id);
      intake.submit(
          said(id, new SessionEnded(), "stream lost", SignalTier.ABSENCE), _ -> loop.execute(done));
    } else {
      done.run();
    }
  }

  /** What the daemon itself says of a session. */
  private ApplyLifecycle said(SessionId id, LifecycleEvent event, String signal, SignalTier tier) {
    return new ApplyLifecycle(
        new LifecycleReport(
            id, null, harness, null, null, event, new Signal(signal, tier), Details.NONE),
        new Delivery(null, null, IdentityRule.BY_NAME),
        null);
  }
}
