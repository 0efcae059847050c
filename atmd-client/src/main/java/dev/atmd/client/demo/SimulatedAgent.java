package dev.atmd.client.demo;

import dev.atmd.client.AtmdClient;
import dev.atmd.client.Timeouts;
import dev.atmd.client.demo.AgentScript.Identity;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/**
 * One agent: a process that only waits, and what it is made to say. Confined to the thread of
 * {@link SimulatedAgents}, but for {@link #kill} and {@link #vanish}, which may come from any.
 */
final class SimulatedAgent {
  private static final Logger LOG = System.getLogger(SimulatedAgent.class.getName());

  /** A hook has little time; a demonstration has no more. */
  private static final Timeouts TIMEOUTS =
      new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1));

  private final Path socket;
  private final DemoProject project;
  private final Process process;
  private final AgentScript script;
  private final String clientId;
  private boolean isUnheard;

  private SimulatedAgent(
      Path socket, DemoProject project, Process process, AgentScript script, String clientId) {
    this.socket = socket;
    this.project = project;
    this.process = process;
    this.script = script;
    this.clientId = clientId;
  }

  /** The agent {@code index}; one of pi or of Claude Code. */
  static SimulatedAgent start(Path socket, int index, long seed, boolean isPi) throws IOException {
    var names = new String[] {"shop", "billing", "docs", "search", "mobile"};
    var branches = new String[] {"main", "fix/retries", "main", "faster-index", "release-2"};
    var project =
        DemoProject.create(names[index % names.length], branches[index % branches.length]);
    try {
      var process = waitingIn(project.directory());
      var id = uuid(seed + "/" + index + "/" + process.pid());
      var who = new Identity(id, process.pid(), project.directory().toString(), "%" + (index + 1));
      var script = isPi ? new PiScript(who, seed + index) : new ClaudeScript(who, seed + index);
      return new SimulatedAgent(socket, project, process, script, "demo-" + process.pid());
    } catch (IOException | RuntimeException e) {
      project.close();
      throw e;
    }
  }

  /** Waits for the end of a pipe of ours, so that it ends with us even if we are killed. */
  private static Process waitingIn(Path directory) throws IOException {
    return new ProcessBuilder("cat")
        .directory(directory.toFile())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static String uuid(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  long pid() {
    return process.pid();
  }

  /** Says the next thing, and answers how long to be silent. A daemon that is gone misses it. */
  Duration speak() {
    var report = script.next();
    say(report);
    return report.pause();
  }

  /** Says goodbye, and goes. */
  void leave() {
    if (!isUnheard) {
      say(script.farewell());
    }
    kill();
  }

  void kill() {
    process.destroyForcibly();
  }

  /** Goes without a word, and leaves nothing behind. Idempotent. */
  void vanish() {
    kill();
    project.close();
  }

  /** One connection each, as a hook does it. */
  private void say(Report report) {
    try (var client = AtmdClient.connect(socket, clientId, TIMEOUTS)) {
      client.report(report.type(), report.json());
      isUnheard = false;
    } catch (IOException e) {
      if (!isUnheard) {
        LOG.log(Level.WARNING, "a simulated agent is not heard: {0}", e.getMessage());
      }
      isUnheard = true;
    }
  }
}
