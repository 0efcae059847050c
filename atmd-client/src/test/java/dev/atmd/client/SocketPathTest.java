package dev.atmd.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SocketPathTest {
  private static final Path SHARED = Path.of("/tmp/atm.sock");

  @Test
  void obeysTheUser() {
    assertThat(path(Map.of("ATM_SOCKET", "/x/y.sock", "XDG_RUNTIME_DIR", "/run/user/7"), SHARED))
        .isEqualTo(Path.of("/x/y.sock"));
  }

  @Test
  void takesAnEmptyVariableForUnset() {
    assertThat(path(Map.of("ATM_SOCKET", "", "XDG_RUNTIME_DIR", "")))
        .isEqualTo(Path.of("/tmp/atm-1000/atm.sock"));
  }

  @Test
  void prefersTheRuntimeDirectory() {
    assertThat(path(Map.of("XDG_RUNTIME_DIR", "/run/user/7")))
        .isEqualTo(Path.of("/run/user/7/atm.sock"));
  }

  @Test
  void fallsBackToTheSharedPathIfOnlyThatExists() {
    assertThat(path(Map.of("XDG_RUNTIME_DIR", "/run/user/7"), SHARED)).isEqualTo(SHARED);
    assertThat(path(Map.of(), SHARED)).isEqualTo(SHARED);
  }

  @Test
  void keepsItsOwnPathIfBothExist() {
    var own = Path.of("/tmp/atm-1000/atm.sock");

    assertThat(path(Map.of(), own, SHARED)).isEqualTo(own);
  }

  @Test
  void knowsTheUserOfThisProcess() {
    assertThat(SocketPath.of(Map.of()).toString()).matches("/tmp/atm(-\\d+/atm)?\\.sock");
  }

  private static Path path(Map<String, String> environment, Path... existing) {
    return SocketPath.of(environment, () -> "1000", Set.of(existing)::contains);
  }
}
