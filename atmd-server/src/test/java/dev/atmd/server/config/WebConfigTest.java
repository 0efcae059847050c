package dev.atmd.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebConfigTest {
  private static final String FILES = "web.tls_cert=/c.pem web.tls_key=/k.pem ";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "web.listen=127.0.0.1:0",
        "web.listen=[::1]:7717",
        "web.listen=localhost:80",
        FILES + "web.listen=192.0.2.1:443",
        FILES + "web.listen=0.0.0.0:443 web.hosts=box.example",
        "web.scrapers=prometheus,998",
        "web.listen=0.0.0.0:80 web.enabled=false"
      })
  void canBeServed(String settings) throws ConfigException {
    assertThat(config(settings).problem()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "web.listen=0.0.0.0:80",
        "web.listen=192.0.2.1:80",
        "web.listen=[2001:db8::1]:80",
        "web.tls_cert=/c.pem",
        "web.listen=0.0.0.0:80 web.tls_key=/k.pem",
        FILES + "web.listen=192.0.2.1:443 web.scrapers=prometheus",
        FILES + "web.listen=0.0.0.0:443"
      })
  void saysWhyItMustNotBeServed(String settings) throws ConfigException {
    assertThat(config(settings).problem())
        .hasValueSatisfying(text -> assertThat(text).contains("web."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"7717", "example.org:80", "127.0.0.1", "127.0.0.1:99999", "[::1]", "1.2.3:4"})
  void listensAtAnAddressOnly(String text) {
    assertThat(Setting.WEB_LISTEN.kind().accepts(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "root;id", "-1", "12345678901", "../passwd", "a:b"})
  void takesNamesAndNumbersOfAccountsOnly(String text) {
    assertThat(Setting.WEB_SCRAPERS.kind().accepts(text)).isFalse();
  }

  @Test
  void readsWhoMayScrape() throws ConfigException {
    assertThat(config("").scrapers()).isEmpty();
    assertThat(config("web.scrapers=prometheus,,998").scrapers())
        .containsExactly("prometheus", "998");
  }

  @Test
  void readsTheNamesItIsAskedForBy() throws ConfigException {
    assertThat(config("web.hosts=a.example,b.example").hosts())
        .containsExactly("a.example", "b.example");
  }

  private static WebConfig config(String settings) throws ConfigException {
    var flags = new HashMap<String, String>();
    for (var setting : settings.isEmpty() ? new String[0] : settings.split(" ")) {
      var parts = setting.split("=", 2);
      flags.put(parts[0], parts[1]);
    }
    return WebConfig.of(EffectiveConfig.read(Path.of("/dev/null"), Map.of(), flags));
  }
}
