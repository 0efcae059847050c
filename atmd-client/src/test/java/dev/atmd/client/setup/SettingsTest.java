package dev.atmd.client.setup;

import static dev.atmd.client.setup.TestHome.apply;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every settings file of every harness. */
class SettingsTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @MethodSource("dev.atmd.client.setup.Fixture#settings")
  void uninstallGivesEveryByteBack(Fixture fixture) throws IOException {
    var user = TestHome.with(fixture, directory);
    var before = Fixture.tree(user.home());

    assertThat(apply(user.connection(fixture.harness()).install())).isPositive();
    assertThat(Fixture.tree(user.home())).isNotEqualTo(before);
    apply(user.connection(fixture.harness()).uninstall());

    assertThat(withoutState(user)).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("dev.atmd.client.setup.Fixture#settings")
  void aSecondSetupChangesNothing(Fixture fixture) throws IOException {
    var user = TestHome.with(fixture, directory);

    apply(user.connection(fixture.harness()).install());
    var once = Fixture.tree(user.home());

    assertThat(user.connection(fixture.harness()).presence()).isEqualTo(Presence.CURRENT);
    assertThat(apply(user.connection(fixture.harness()).install())).isZero();
    assertThat(Fixture.tree(user.home())).isEqualTo(once);
  }

  @ParameterizedTest
  @MethodSource("dev.atmd.client.setup.Fixture#settings")
  void uninstallTakesOutOnlyOursWhenTheReceiptIsLost(Fixture fixture) throws IOException {
    var user = TestHome.with(fixture, directory);
    var connection = user.connection(fixture.harness());
    apply(connection.install());
    forgetReceipts(user);

    apply(user.connection(fixture.harness()).uninstall());

    assertThat(user.connection(fixture.harness()).presence()).isEqualTo(Presence.MISSING);
    for (var file : connection.files()) {
      if (Files.exists(file)) {
        assertThat(Files.readString(file)).doesNotContain(user.installed().toString());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.atmd.client.setup.Fixture#settings")
  void uninstallAfterTwoSetupsFromDifferentPlacesGivesEveryByteBack(Fixture fixture)
      throws IOException {
    var user = TestHome.with(fixture, directory);
    var before = Fixture.tree(user.home());
    apply(user.connection(fixture.harness()).install());

    var moved =
        new TestHome(user.home(), TestHome.in(directory.resolve("b"), "my new one's").installed());
    apply(moved.connection(fixture.harness()).install());
    assertThat(moved.connection(fixture.harness()).presence()).isEqualTo(Presence.CURRENT);
    apply(moved.connection(fixture.harness()).uninstall());

    assertThat(withoutState(user)).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("dev.atmd.client.setup.Fixture#broken")
  void brokenSettingsAreLeftAlone(Fixture fixture) throws IOException {
    var user = TestHome.with(fixture, directory);
    var before = Fixture.tree(user.home());

    var install = user.connection(fixture.harness()).install();
    var uninstall = user.connection(fixture.harness()).uninstall();

    assertThat(install.problems())
        .singleElement()
        .asString()
        .startsWith(user.home().toString())
        .containsAnyOf("line ", "is not UTF-8", "is not ours", "has its own", "says `");
    assertThat(uninstall.changes()).isEmpty();
    assertThat(Fixture.tree(user.home())).isEqualTo(before);
  }

  /** The home directory but for the place of our own state, which may be empty but there. */
  private static Object withoutState(TestHome user) throws IOException {
    var tree = Fixture.tree(user.home());
    tree.keySet().removeIf(path -> path.equals(".local") || path.startsWith(".local/"));
    return tree;
  }

  private static void forgetReceipts(TestHome user) throws IOException {
    var state = user.file(".local/state/atm/setup");
    try (var files = Files.walk(state)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
