package dev.atmd.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.server.config.StreamPlaces.OpenCode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamPlacesTest {
  private static final Map<String, String> HOME = Map.of("HOME", "/home/dev");

  @Test
  void areNoneByDefault() {
    var config = DaemonConfig.of(EffectiveConfig.defaults(), HOME, 1_000);

    assertThat(config.streams().places()).isEqualTo(new StreamPlaces(null, null));
  }

  @Test
  void areWhereTheHarnessesPutThem() {
    assertThat(StreamPlaces.choose("default", "default", HOME))
        .isEqualTo(
            new StreamPlaces(
                Path.of("/home/dev/.codex/app-server-control/app-server-control.sock"),
                new OpenCode.Registered(Path.of("/home/dev/.local/state/opencode/service.json"))));
    assertThat(
            StreamPlaces.choose(
                "default", "default", Map.of("CODEX_HOME", "/c", "XDG_STATE_HOME", "/s")))
        .isEqualTo(
            new StreamPlaces(
                Path.of("/c/app-server-control/app-server-control.sock"),
                new OpenCode.Registered(Path.of("/s/opencode/service.json"))));
  }

  @Test
  void areWhereTheSettingsSay() {
    var url = LoopbackUrl.parse("http://127.0.0.1:4096").orElseThrow();

    assertThat(StreamPlaces.choose("/x.sock", "http://127.0.0.1:4096", HOME))
        .isEqualTo(new StreamPlaces(Path.of("/x.sock"), new OpenCode.At(url)));
    assertThat(StreamPlaces.choose("", "/service.json", HOME))
        .isEqualTo(new StreamPlaces(null, new OpenCode.Registered(Path.of("/service.json"))));
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:4096, 127.0.0.1:4096, ''",
    "http://localhost:4096/, 127.0.0.1:4096, ''",
    "http://127.0.0.1, 127.0.0.1:80, ''",
    "http://127.0.0.1:1/event?directory=%2Fweb, 127.0.0.1:1, /event?directory=%2Fweb",
  })
  void takeServersOfThisMachine(String text, String host, String path) {
    var url = LoopbackUrl.parse(text).orElseThrow();

    assertThat(url.host()).isEqualTo(host);
    assertThat(url.path()).isEqualTo(path);
  }

  @Test
  void takeServersOfThisMachineByTheirNewerAddress() {
    var url = LoopbackUrl.parse("http://[::1]:4096").orElseThrow();

    assertThat(url.address()).isEqualTo(new InetSocketAddress(InetAddress.ofLiteral("::1"), 4_096));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "4096",
        "127.0.0.1:4096",
        "https://127.0.0.1:4096",
        "http://192.0.2.1:4096",
        "http://example.org:4096",
        "http://127.0.0.1:99999",
        "http://user:secret@127.0.0.1:4096",
        "http:// 127.0.0.1"
      })
  void takeNoOtherServers(String text) {
    assertThat(LoopbackUrl.parse(text)).isEmpty();
    assertThat(Setting.STREAMS_OPENCODE.kind().accepts(text)).isEqualTo(text.isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"'', true", "default, true", "/x.sock, true", "x.sock, false"})
  void takeSocketsByTheirAbsolutePath(String text, boolean accepted) {
    assertThat(Setting.STREAMS_CODEX.kind().accepts(text)).isEqualTo(accepted);
  }
}
