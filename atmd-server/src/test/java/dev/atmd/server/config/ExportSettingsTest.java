package dev.atmd.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmd.server.otlp.ExportConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportSettingsTest {
  private static final Path NO_FILE = Path.of("/dev/null");

  @Test
  void sendsNothingUnlessAPlaceIsNamed() {
    assertThat(DaemonConfig.of(EffectiveConfig.defaults(), Map.of(), 1_000).export())
        .isEqualTo(new ExportConfig(null, Duration.ofMinutes(1), "", Map.of()));
  }

  @Test
  void readsAllThatIsSet() throws ConfigException {
    var flags =
        Map.of(
            "otlp.url", "https://collector.example/v1/metrics",
            "otlp.interval_seconds", "5",
            "otlp.headers_file", "/run/secrets/otlp",
            "otlp.attributes", "host.name=box, service.instance.id=a=b");

    assertThat(export(flags))
        .isEqualTo(
            new ExportConfig(
                URI.create("https://collector.example/v1/metrics"),
                Duration.ofSeconds(5),
                "/run/secrets/otlp",
                Map.of("host.name", "box", "service.instance.id", "a=b")));
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:4318/v1/metrics, http://127.0.0.1:4318/v1/metrics",
    "http://localhost:4318/v1/metrics, http://127.0.0.1:4318/v1/metrics",
    "http://[::1]:4318/v1/metrics, http://[0:0:0:0:0:0:0:1]:4318/v1/metrics",
    "https://collector.example:4318/v1/metrics, https://collector.example:4318/v1/metrics",
    "https://192.0.2.1/otlp, https://192.0.2.1/otlp"
  })
  void sendsOverTlsAnywhereAndInPlainTextWithinThisMachine(String text, String url) {
    assertThat(CollectorUrl.parse(text)).contains(URI.create(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://collector.example/v1/metrics",
        "http://192.0.2.1:4318/v1/metrics",
        "http://127.0.0.1.example/v1/metrics",
        "https://me:secret@collector.example/v1/metrics",
        "http://me@127.0.0.1:4318/v1/metrics",
        "https://collector.example/v1/metrics?key=secret",
        "https://collector.example/v1/metrics#x",
        "http://127.0.0.1:4318",
        "https://collector.example/",
        "https://collector.example:99999/v1/metrics",
        "https:///v1/metrics",
        "ftp://127.0.0.1/v1/metrics",
        "127.0.0.1:4318",
        "/v1/metrics",
        "on"
      })
  void sendsNowhereElseAndSaysWhatCanBe(String url) {
    assertThatThrownBy(() -> export(Map.of("otlp.url", url)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("otlp.url", url, "https", "http://127.0.0.1:4318/v1/metrics");
  }

  @ParameterizedTest
  @CsvSource({
    "otlp.interval_seconds, 0.5, at least 1",
    "otlp.interval_seconds, soon, seconds",
    "otlp.attributes, host, host.name=box",
    "otlp.attributes, =box, host.name=box"
  })
  void refusesWhatCannotBe(String key, String value, String expected) {
    assertThatThrownBy(() -> export(Map.of(key, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(key, value, expected);
  }

  private static ExportConfig export(Map<String, String> flags) throws ConfigException {
    return DaemonConfig.of(EffectiveConfig.read(NO_FILE, Map.of(), flags), Map.of(), 1_000)
        .export();
  }
}
