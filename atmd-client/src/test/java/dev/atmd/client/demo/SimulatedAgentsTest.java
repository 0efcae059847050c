package dev.atmd.client.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.client.FakeDaemon;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SimulatedAgentsTest {
  @TempDir private Path directory;

  @Test
  void speaksForLiveProcessesAndEndsThem() throws IOException {
    List<Long> pids;
    try (var daemon = FakeDaemon.answering(directory.resolve("d.sock"), _ -> List.of())) {
      try (var agents = SimulatedAgents.start(daemon.socket())) {
        pids = agents.pids();
        assertThat(pids).hasSize(3).allMatch(SimulatedAgentsTest::isAlive);
        for (var pid : pids) {
          await(daemon, "\"pid\":" + pid);
        }
        await(daemon, "\"SessionStart\"");
        await(daemon, "\"session_start\"");
        await(daemon, "\"status_update\"");
      }
      await(daemon, "\"SessionEnd\"");
      await(daemon, "\"session_shutdown\"");
    }
    assertThat(pids).allSatisfy(pid -> await(() -> !isAlive(pid), "process " + pid + " lives"));
  }

  @Test
  void needsNoDaemon() throws IOException {
    var agents = SimulatedAgents.start(directory.resolve("none.sock"), 1, 7);

    agents.close();
    agents.close();

    assertThat(agents.pids()).hasSize(1);
    assertThat(agents.pids())
        .allSatisfy(pid -> await(() -> !isAlive(pid), "process " + pid + " lives"));
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  private static void await(FakeDaemon daemon, String part) {
    await(
        () -> daemon.heard().stream().anyMatch(line -> line.contains(part)),
        part + " was not heard");
  }

  private static void await(BooleanSupplier condition, String failure) {
    var deadline = System.nanoTime() + 10_000_000_000L;
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(5_000_000);
    }
    assertThat(condition.getAsBoolean()).as(failure).isTrue();
  }
}
