package dev.atmd.core.registry;

import dev.atmd.core.registry.RegistryCommand.ApplyLifecycle;
import dev.atmd.core.registry.RegistryCommand.ApplyStatus;
import dev.atmd.core.registry.RegistryCommand.RegisterProcess;
import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LifecycleEvent;
import dev.atmd.core.session.LinesChanged;
import dev.atmd.core.session.Model;
import dev.atmd.core.session.Money;
import dev.atmd.core.session.Pid;
import dev.atmd.core.session.Place;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.TmuxPane;
import dev.atmd.core.session.TokenCounts;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Commands as senders cause them. */
final class Reports {
  static final Model OPUS = Model.of("claude-opus-4-5-20251101", null);

  static final StatusReport.Costs COSTS =
      new StatusReport.Costs(
          Money.ofDollars(0.35),
          Duration.ofMillis(135_000),
          Duration.ofMillis(2_300),
          new LinesChanged(150, 30));

  static final StatusReport.Context CONTEXT =
      new StatusReport.Context(
          200_000L, 50_000L, 10_000L, new TokenCounts(1_000, 500, 2_000, 40_000), null);

  private Reports() {}

  static SessionId id(String value) {
    return SessionId.of(value);
  }

  /** A status line that says nothing but the model. */
  static ApplyStatus status(String id, @Nullable Long pid) {
    return status(id, pid, OPUS, null, null);
  }

  static ApplyStatus status(
      String id,
      @Nullable Long pid,
      @Nullable Model model,
      StatusReport.@Nullable Costs costs,
      StatusReport.@Nullable Context context) {
    return new ApplyStatus(
        new StatusReport(
            id(id), pid(pid), Harness.CLAUDE, null, null, model, null, costs, context, null),
        Delivery.PLAIN,
        null);
  }

  static ApplyStatus statusIn(String id, long pid, @Nullable String pane, String directory) {
    return new ApplyStatus(
        new StatusReport(
            id(id),
            pid(pid),
            Harness.CLAUDE,
            TmuxPane.ofNullable(pane),
            directory,
            OPUS,
            "2.0.1",
            null,
            null,
            null),
        Delivery.PLAIN,
        null);
  }

  static ApplyLifecycle hook(String id, @Nullable Long pid, LifecycleEvent event) {
    return hook(id, pid, event, Delivery.PLAIN);
  }

  static ApplyLifecycle hook(
      String id, @Nullable Long pid, LifecycleEvent event, Delivery delivery) {
    return new ApplyLifecycle(
        new LifecycleReport(id(id), pid(pid), Harness.CLAUDE, null, null, event), delivery, null);
  }

  static ApplyLifecycle hookOfSubagent(String id, long pid, String agentId, LifecycleEvent event) {
    return new ApplyLifecycle(
        new LifecycleReport(id(id), pid(pid), Harness.CLAUDE, null, agentId, event),
        Delivery.PLAIN,
        null);
  }

  static ApplyLifecycle hookInPane(String id, long pid, String pane, LifecycleEvent event) {
    return new ApplyLifecycle(
        new LifecycleReport(id(id), pid(pid), Harness.CLAUDE, new TmuxPane(pane), null, event),
        Delivery.PLAIN,
        null);
  }

  static RegisterProcess found(long pid) {
    return new RegisterProcess(new Pid(pid), Harness.CLAUDE, null, new Place("/home/dev", null));
  }

  static Delivery numbered(String eventId) {
    return new Delivery(eventId, null, IdentityRule.BY_PROCESS);
  }

  static Delivery sentAt(Instant at) {
    return new Delivery(null, at, IdentityRule.BY_PROCESS);
  }

  private static @Nullable Pid pid(@Nullable Long pid) {
    return pid == null ? null : new Pid(pid);
  }
}
