package dev.atmd.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.registry.ProcessStamp;
import dev.atmd.core.session.Harness;
import dev.atmd.core.session.Pid;
import dev.atmd.core.session.TmuxPane;
import dev.atmd.server.process.Discovery.Found;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcFsTest {
  @TempDir private Path root;

  private FakeProc proc;
  private ProcFs processes;

  @BeforeEach
  void anEmptyTable() {
    proc = new FakeProc(root);
    processes = new ProcFs(root);
  }

  @Test
  void knowsAProcessByItsStartTimeWhateverItsName() throws IOException {
    proc.process(10, 1, 4_711, "S", "sh");

    assertThat(processes.find(new Pid(10))).contains(new ProcessStamp(new Pid(10), 4_711));
  }

  @Test
  void takesAZombieForDead() throws IOException {
    proc.process(10, 1, 4_711, "Z", "sh");

    assertThat(processes.find(new Pid(10))).isEmpty();
    assertThat(processes.find(new Pid(11))).isEmpty();
  }

  @Test
  void knowsDescentButNotFromItself() throws IOException {
    proc.process(10, 1, 1, "S", "claude");
    proc.process(20, 10, 2, "S", "sh");
    proc.process(30, 20, 3, "S", "claude");

    assertThat(processes.descends(new Pid(30), new Pid(10))).isTrue();
    assertThat(processes.descends(new Pid(10), new Pid(30))).isFalse();
    assertThat(processes.descends(new Pid(10), new Pid(10))).isFalse();
  }

  @Test
  void findsItsOwnProcess() {
    var own = new Pid(ProcessHandle.current().pid());

    assertThat(new ProcFs().find(own)).isPresent();
    assertThat(new ProcFs().all()).contains(own);
    assertThat(new ProcFs().directory(own)).contains(System.getProperty("user.dir"));
  }

  @Test
  void discoversAgentsButNotTheirHelpers() throws IOException {
    proc.process(10, 1, 1, "S", "claude", "--resume");
    proc.process(11, 10, 2, "S", "claude", "--worker");
    proc.process(12, 10, 3, "S", "sh", "-c", "make");
    proc.process(13, 12, 4, "S", "claude", "-p", "fix");
    proc.process(14, 1, 5, "S", "tail", "-f", "/var/log/claude");

    assertThat(new Discovery(processes).scan()).containsExactlyInAnyOrder(found(10), found(13));
  }

  @Test
  void noticesDeathAndReuseAmongFew() throws IOException {
    proc.process(10, 1, 1, "S", "a");
    proc.process(11, 1, 99, "S", "b");
    var watched = List.of(stamp(10, 1), stamp(11, 2), stamp(12, 3));

    assertThat(new Liveness(processes).dead(watched)).containsExactly(stamp(11, 2), stamp(12, 3));
  }

  @Test
  void noticesDeathAmongManyAtOnceAndReuseAfterAllShares() throws IOException {
    for (var pid = 1_000L; pid < 1_300; pid++) {
      proc.process(pid, 1, pid == 1_007 ? 99 : 1, "S", "a");
    }
    var watched = LongStream.range(1_000, 1_301).mapToObj(pid -> stamp(pid, 1)).toList();
    var liveness = new Liveness(processes);

    assertThat(liveness.dead(watched)).contains(stamp(1_300, 1));
    var reused = false;
    for (var round = 0; round < 15; round++) {
      reused |= liveness.dead(watched).contains(stamp(1_007, 1));
    }
    assertThat(reused).isTrue();
  }

  private static Found found(long pid) {
    return new Found(new Pid(pid), Harness.CLAUDE, "/home/dev/shop", new TmuxPane("%" + pid));
  }

  private static ProcessStamp stamp(long pid, long startTicks) {
    return new ProcessStamp(new Pid(pid), startTicks);
  }
}
