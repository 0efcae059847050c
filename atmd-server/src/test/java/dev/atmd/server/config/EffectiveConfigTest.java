package dev.atmd.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmd.core.registry.RegistryLimits;
import dev.atmd.server.config.EffectiveConfig.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EffectiveConfigTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  void hasADefaultForEverySetting(Setting setting) {
    var value = EffectiveConfig.defaults().value(setting);

    assertThat(value.source()).isEqualTo("default");
    assertThat(setting.kind().accepts(value.text())).isTrue();
  }

  @Test
  void agreesWithTheDefaultsOfTheRegistry() {
    var config = DaemonConfig.of(EffectiveConfig.defaults(), Map.of(), 1_000);

    assertThat(config.registry()).isEqualTo(RegistryLimits.DEFAULT);
  }

  @Test
  void letsTheFileWinOverDefaultsTheEnvironmentOverTheFileAndFlagsOverAll() throws Exception {
    var file = file("[limits]\nsessions = 1\nmailbox = 2\nrequests = 3\n");
    var environment = Map.of("ATMD_LIMITS_MAILBOX", "20", "ATMD_LIMITS_REQUESTS", "30");
    var flags = Map.of("limits.requests", "300");

    var config = EffectiveConfig.read(file, environment, flags);

    assertThat(config.value(Setting.LIMITS_SESSIONS)).isEqualTo(new Value("1", file.toString()));
    assertThat(config.value(Setting.LIMITS_MAILBOX))
        .isEqualTo(new Value("20", "$ATMD_LIMITS_MAILBOX"));
    assertThat(config.value(Setting.LIMITS_REQUESTS))
        .isEqualTo(new Value("300", "the command line"));
  }

  @Test
  void readsTheFileOfTheUsualPlaceIfThereIsOne() throws Exception {
    Files.createDirectory(directory.resolve("atm"));
    Files.writeString(directory.resolve("atm/atmd.toml"), "[timeouts]\nhandshake_seconds = 0.25\n");

    var config =
        EffectiveConfig.read(null, Map.of("XDG_CONFIG_HOME", directory.toString()), Map.of());

    assertThat(config.duration(Setting.TIMEOUTS_HANDSHAKE)).isEqualTo(Duration.ofMillis(250));
  }

  @ParameterizedTest
  @CsvSource({
    "limits.sessions, 0",
    "limits.sessions, many",
    "limits.sessions, 99999999999999999999",
    "timeouts.handshake_seconds, -1",
    "timeouts.handshake_seconds, 1e9",
    "log.level, loud"
  })
  void refusesAValueThatCannotBeAndSaysWhatCan(String key, String value) {
    assertThatThrownBy(() -> EffectiveConfig.read(null, Map.of(), Map.of(key, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(key, value, "must be")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void refusesASettingThatDoesNotExist() throws IOException {
    var file = file("[limits]\nsession = 1\n");

    assertThatThrownBy(() -> EffectiveConfig.read(file, Map.of(), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(file.toString(), "limits.session");
  }

  @Test
  void saysWhereAFileIsNoToml() throws IOException {
    var file = file("[limits]\nsessions = = 1\n");

    assertThatThrownBy(() -> EffectiveConfig.read(file, Map.of(), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(file + ":2");
  }

  @Test
  void refusesAFileThatIsNamedAndNotThere() {
    var missing = directory.resolve("missing.toml");

    assertThatThrownBy(() -> EffectiveConfig.read(missing, Map.of(), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(missing.toString());
  }

  @Test
  void choosesTheSocketByConfigurationThenEnvironmentThenUser() {
    var named = Map.of("ATM_SOCKET", "/run/x.sock", "XDG_RUNTIME_DIR", "/run/user/7");
    var unnamed = Map.of("ATM_SOCKET", "", "XDG_RUNTIME_DIR", "/run/user/7");

    assertThat(SocketPlace.choose("/a.sock", named, 7))
        .isEqualTo(new SocketPlace(Path.of("/a.sock"), false));
    assertThat(SocketPlace.choose("", named, 7))
        .isEqualTo(new SocketPlace(Path.of("/run/x.sock"), false));
    assertThat(SocketPlace.choose("", unnamed, 7))
        .isEqualTo(new SocketPlace(Path.of("/run/user/7/atm.sock"), true));
    assertThat(SocketPlace.choose("", Map.of(), 7))
        .isEqualTo(new SocketPlace(Path.of("/tmp/atm-7/atm.sock"), true));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("atmd.toml"), text);
  }
}
