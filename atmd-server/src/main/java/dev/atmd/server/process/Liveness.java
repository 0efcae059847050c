package dev.atmd.server.process;

import dev.atmd.core.registry.ProcessStamp;
import dev.atmd.core.session.Pid;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds out which watched processes are gone (atm-behaviour §7 R13). Few are asked one by one. Of
 * many, those missing from one listing of /proc are gone, and a share of the others is asked for
 * its start time each round, so that a reused pid is noticed too. Confined to one thread.
 */
public final class Liveness {
  /** Up to here asking each costs less than a listing. */
  private static final int FEW = 200;

  /** Rounds after which each of many has been asked. */
  private static final int SHARES = 15;

  private final ProcFs processes;
  private int round;

  public Liveness(ProcFs processes) {
    this.processes = processes;
  }

  public List<ProcessStamp> dead(List<ProcessStamp> watched) {
    round++;
    if (watched.size() <= FEW) {
      return watched.stream().filter(this::isGone).toList();
    }
    return deadAmongMany(watched, processes.all());
  }

  private List<ProcessStamp> deadAmongMany(List<ProcessStamp> watched, Set<Pid> alive) {
    var dead = new ArrayList<ProcessStamp>();
    for (var i = 0; i < watched.size(); i++) {
      var process = watched.get(i);
      var isAsked = (i + round) % SHARES == 0 || !alive.contains(process.pid());
      if (isAsked && isGone(process)) {
        dead.add(process);
      }
    }
    return dead;
  }

  private boolean isGone(ProcessStamp process) {
    return processes.find(process.pid()).filter(process::equals).isEmpty();
  }
}
