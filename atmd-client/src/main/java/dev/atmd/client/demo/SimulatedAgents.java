package dev.atmd.client.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Agents that only pretend: each a real process that waits, speaking to a daemon as a real one
 * does. The last of several is a pi session, the others are Claude Code. Owns the thread {@code
 * atmd-demo}, on which they speak, and the processes, which end with it. Thread-safe.
 */
public final class SimulatedAgents implements AutoCloseable {
  public static final int USUAL_COUNT = 3;

  private final List<SimulatedAgent> agents;
  private final ScheduledThreadPoolExecutor stage =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("atmd-demo").daemon().factory());
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private final Thread atExit = Thread.ofPlatform().name("atmd-demo-exit").unstarted(this::endAll);

  private SimulatedAgents(List<SimulatedAgent> agents) {
    this.agents = List.copyOf(agents);
    stage.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** The usual number of agents. */
  public static SimulatedAgents start(Path socket) throws IOException {
    return start(socket, USUAL_COUNT, 1);
  }

  /**
   * Begins at once; nobody needs to listen at {@code socket} yet.
   *
   * @param seed decides what the agents do
   */
  public static SimulatedAgents start(Path socket, int count, long seed) throws IOException {
    if (count < 1) {
      throw new IllegalArgumentException("at least one agent: " + count);
    }
    var agents = new ArrayList<SimulatedAgent>();
    try {
      for (var i = 0; i < count; i++) {
        agents.add(SimulatedAgent.start(socket, i, seed, count > 1 && i == count - 1));
      }
    } catch (IOException | RuntimeException e) {
      agents.forEach(SimulatedAgent::vanish);
      throw e;
    }
    var all = new SimulatedAgents(agents);
    Runtime.getRuntime().addShutdownHook(all.atExit);
    agents.forEach(agent -> all.schedule(agent, Duration.ZERO));
    return all;
  }

  /** The processes that stand for the agents. */
  public List<Long> pids() {
    return agents.stream().map(SimulatedAgent::pid).toList();
  }

  /** Has every agent say goodbye, and ends their processes. Idempotent. */
  @Override
  public void close() {
    if (!isClosed.compareAndSet(false, true)) {
      return;
    }
    stage.shutdown();
    try {
      // Each report takes two seconds at most; one may be under way.
      var _ = stage.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    agents.forEach(SimulatedAgent::leave);
    endAll();
    removeHook();
  }

  private void schedule(SimulatedAgent agent, Duration delay) {
    var _ = stage.schedule(() -> play(agent), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void play(SimulatedAgent agent) {
    var pause = agent.speak();
    if (!stage.isShutdown()) {
      schedule(agent, pause);
    }
  }

  private void endAll() {
    // No process may outlive us because a directory cannot be deleted.
    agents.forEach(SimulatedAgent::kill);
    agents.forEach(SimulatedAgent::vanish);
  }

  private void removeHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException _) {
      // The JVM is going down and runs the hook itself.
    }
  }
}
