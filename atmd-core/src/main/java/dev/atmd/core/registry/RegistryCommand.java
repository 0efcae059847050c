package dev.atmd.core.registry;

import dev.atmd.core.session.Harness;
import dev.atmd.core.session.Pid;
import dev.atmd.core.session.Place;
import dev.atmd.core.session.Place.GitLocation;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.TmuxPane;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be asked of the registry. The numbers are the rules of atm-behaviour §7. */
public sealed interface RegistryCommand {
  /** Whether it concerns a few sessions only, however many there are. */
  default boolean isQuick() {
    return switch (this) {
      case ApplyStatus _, ApplyLifecycle _ -> true;
      case RegisterProcess _,
          RemoveDead _,
          ExpireSilent _,
          Relocate _,
          TakeSnapshot _,
          Resume _,
          ListProcesses _,
          Explain _,
          TakeChanges _ ->
          false;
    };
  }

  /**
   * R3, R4: take over the numbers of a status line.
   *
   * @param place where the session works, if that has been looked up
   */
  record ApplyStatus(StatusReport report, Delivery delivery, @Nullable Place place)
      implements RegistryCommand {
    @Override
    public String toString() {
      return "ApplyStatus[" + report.id() + "]";
    }
  }

  /**
   * R5 to R9: let something happen to a session.
   *
   * @param place where the process works, if that has been looked up
   */
  record ApplyLifecycle(LifecycleReport report, Delivery delivery, @Nullable Place place)
      implements RegistryCommand {
    ApplyLifecycle with(LifecycleReport other) {
      return new ApplyLifecycle(other, delivery, place);
    }

    @Override
    public String toString() {
      return "ApplyLifecycle["
          + report.id()
          + ", "
          + report.event().getClass().getSimpleName()
          + "]";
    }
  }

  /** R11: an agent's process was found. */
  record RegisterProcess(Pid pid, Harness harness, @Nullable TmuxPane pane, Place place)
      implements RegistryCommand {}

  /** R13: these processes are gone. */
  record RemoveDead(List<ProcessStamp> processes) implements RegistryCommand {
    public RemoveDead {
      processes = List.copyOf(processes);
    }
  }

  /** R13: forget what has been silent for too long and has no process to watch. */
  record ExpireSilent() implements RegistryCommand {}

  /** R15: what git says of this directory has changed. */
  record Relocate(String directory, @Nullable GitLocation git) implements RegistryCommand {}

  /** R19: all sessions as they are now. */
  record TakeSnapshot() implements RegistryCommand {}

  /**
   * Everything after an event, for who knows everything up to it; all sessions where that is too
   * long ago.
   *
   * @param seq number of that event
   */
  record Resume(long seq) implements RegistryCommand {}

  /** Why this session is in its state. */
  record Explain(SessionId id) implements RegistryCommand {}

  /**
   * What has changed since this was last asked, to keep it.
   *
   * @param everything whether all sessions are wanted, changed or not
   */
  record TakeChanges(boolean everything) implements RegistryCommand {}

  /** The processes whose end would end a session. */
  record ListProcesses() implements RegistryCommand {}
}
