package dev.atmd.core.registry;

import dev.atmd.core.session.Pid;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Processes that live and die as a test says. */
final class FakeProcesses implements ProcessTable {
  private final Map<Pid, ProcessStamp> alive = new HashMap<>();
  private final Map<Pid, Pid> parents = new HashMap<>();
  private long ticks;

  ProcessStamp start(long pid) {
    return start(new Pid(pid), null);
  }

  ProcessStamp startChild(long pid, long parent) {
    return start(new Pid(pid), new Pid(parent));
  }

  ProcessStamp start(Pid pid, @Nullable Pid parent) {
    kill(pid);
    var stamp = new ProcessStamp(pid, ++ticks);
    alive.put(pid, stamp);
    if (parent != null && !parent.equals(pid) && alive.containsKey(parent)) {
      parents.put(pid, parent);
    }
    return stamp;
  }

  void kill(long pid) {
    kill(new Pid(pid));
  }

  /** Its children lose their parent, as the kernel's do. */
  void kill(Pid pid) {
    alive.remove(pid);
    parents.remove(pid);
    parents.values().removeIf(pid::equals);
  }

  @Override
  public Optional<ProcessStamp> find(Pid pid) {
    return Optional.ofNullable(alive.get(pid));
  }

  @Override
  public boolean descends(Pid pid, Pid ancestor) {
    for (var parent = parents.get(pid); parent != null; parent = parents.get(parent)) {
      if (parent.equals(ancestor)) {
        return true;
      }
    }
    return false;
  }
}
