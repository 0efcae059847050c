package dev.atmd.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmd.server.files.StartException;
import dev.atmd.server.notify.Notifier;
import dev.atmd.server.notify.NotifyConfig;
import dev.atmd.server.notify.WebhookConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotifySettingsTest {
  @Test
  void postsNowhereUnlessAPlaceIsNamed() {
    assertThat(
            DaemonConfig.of(EffectiveConfig.defaults(), Map.of(), 1_000).notifications().webhook())
        .isEqualTo(new WebhookConfig(null, false, "json", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "https://hooks.example/services/T0/B1?wait=true,"
        + " https://hooks.example/services/T0/B1?wait=true",
    "https://hooks.example, https://hooks.example",
    "http://127.0.0.1:8080/hook?auth=x, http://127.0.0.1:8080/hook?auth=x",
    "http://localhost:8080/hook, http://127.0.0.1:8080/hook",
    "http://127.0.0.1, http://127.0.0.1:80"
  })
  void postsOverTlsAnywhereAndInPlainTextWithinThisMachine(String text, String url)
      throws ConfigException {
    var config = notifications(Map.of("notify.webhook", text));

    assertThat(config.webhook().address()).isEqualTo(URI.create(url));
    assertThatCode(() -> Notifier.check(config)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://ntfy.lan/topic",
        "http://192.0.2.1:8080/topic",
        "http://127.0.0.1.example/topic",
        "http://[2001:db8::1]/topic"
      })
  void postsInPlainTextToAnotherMachineOnlyIfThatIsSaid(String url) throws ConfigException {
    var unsaid = notifications(Map.of("notify.webhook", url));
    var said = notifications(Map.of("notify.webhook", url, "notify.webhook_plain", "true"));

    assertThatThrownBy(() -> Notifier.check(unsaid))
        .isInstanceOf(StartException.class)
        .hasMessageContainingAll("notify.webhook is plain http", "notify.webhook_plain = true");
    assertThatCode(() -> Notifier.check(said)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://me:secret@hooks.example/x",
        "https://hooks.example/x#y",
        "https://hooks.example:99999/x",
        "https:///x",
        "https://two words/x",
        "ftp://127.0.0.1/x",
        "ntfy.lan/topic"
      })
  void takesAddressesOnly(String url) {
    assertThatThrownBy(() -> notifications(Map.of("notify.webhook", url)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("notify.webhook", url, "https://example.org/hook");
  }

  private static NotifyConfig notifications(Map<String, String> flags) throws ConfigException {
    var config = EffectiveConfig.read(Path.of("/dev/null"), Map.of(), flags);
    return DaemonConfig.of(config, Map.of(), 1_000).notifications();
  }
}
