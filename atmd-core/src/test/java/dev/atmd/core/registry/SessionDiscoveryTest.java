package dev.atmd.core.registry;

import static dev.atmd.core.registry.Reports.found;
import static dev.atmd.core.registry.Reports.hook;
import static dev.atmd.core.registry.Reports.status;
import static dev.atmd.core.registry.Reports.statusIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.registry.RegistryCommand.RegisterProcess;
import dev.atmd.core.registry.RegistryCommand.Relocate;
import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LifecycleEvent.TurnStarted;
import dev.atmd.core.session.Pid;
import dev.atmd.core.session.Place;
import dev.atmd.core.session.Place.GitLocation;
import dev.atmd.core.session.TmuxPane;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a scan finds, what git says, and in which order all is listed. */
class SessionDiscoveryTest {
  private static final GitLocation MAIN = new GitLocation("/home/dev", "/home/dev", "main");

  private final TableUnderTest table = new TableUnderTest();

  @Test
  void registersAProcessUnderAPlaceholder() {
    assertThat(table.applied(found(7))).containsExactly("+pending-7");
    assertThat(table.session("pending-7").place()).isEqualTo(found(7).place());
  }

  @Test
  void findingItAgainChangesNothing() {
    table.apply(found(7));

    assertThat(table.applied(found(7))).isEmpty();
  }

  @Test
  void aKnownNameIsNotDemoted() {
    table.apply(statusIn("a", 7, "%1", "/home/dev/shop"));
    var before = table.session("a");

    assertThat(
            table.applied(
                new RegisterProcess(
                    new Pid(7), Harness.CLAUDE, new TmuxPane("%9"), new Place("/tmp", MAIN))))
        .isEmpty();
    assertThat(table.session("a")).isEqualTo(before);
  }

  @Test
  void fillsInWhatIsNotKnownYet() {
    table.apply(hook("a", 7L, new TurnStarted()));

    assertThat(
            table.applied(
                new RegisterProcess(
                    new Pid(7), Harness.CLAUDE, new TmuxPane("%9"), new Place("/tmp", MAIN))))
        .containsExactly("a");
    assertThat(table.session("a").pane()).isEqualTo(new TmuxPane("%9"));
    assertThat(table.session("a").place()).isEqualTo(new Place("/tmp", MAIN));
  }

  @Test
  void aPlaceholderThatAnotherProcessClaimedComesHome() {
    table.processes.start(7);
    table.apply(hook("pending-7", 8L, new TurnStarted()));

    assertThat(table.applied(found(7))).containsExactly("pending-7");
    assertThat(table.session("pending-7").pid()).isEqualTo(new Pid(7));
  }

  @Test
  void whatGitSaysIsToldToAllSessionsOfThatDirectory() {
    table.apply(found(7));
    table.apply(found(8));
    table.apply(statusIn("a", 9, null, "/elsewhere"));

    assertThat(table.applied(new Relocate("/home/dev", MAIN)))
        .containsExactly("pending-7", "pending-8");
    assertThat(table.session("pending-7").place()).isEqualTo(new Place("/home/dev", MAIN));
  }

  @Test
  void gitWithoutNewsIsNotTold() {
    table.apply(found(7));
    table.apply(new Relocate("/home/dev", MAIN));

    assertThat(table.applied(new Relocate("/home/dev", MAIN))).isEmpty();
  }

  @Test
  void listsByAgeThenByName() {
    table.apply(status("b", 1L));
    table.apply(status("a", 2L));
    table.pass(Duration.ofSeconds(1));
    table.apply(status("0", 3L));
    table.apply(status("b", 1L));

    assertThat(table.ids()).containsExactly("a", "b", "0");
  }
}
