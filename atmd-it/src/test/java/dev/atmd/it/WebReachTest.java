package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From where the dashboard can be reached at all. */
class WebReachTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  /** Holds each connection while it opens the next. */
  private static final String FIVE_AT_ONCE =
      """
      $SIG{PIPE} = 'IGNORE';
      my @held;
      for (1 .. 5) {
        my $s = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $ARGV[0], Timeout => 20) or die;
        push @held, $s;
        print $s "GET /metrics HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n";
        my $line = <$s>;
        print defined $line ? substr($line, 9, 3) : 'closed', "\\n";
      }
      """;

  private static final long START_FAILS_WITHIN_MILLIS = 20_000;

  @Test
  void isNotStartedForOtherMachinesWithoutACertificate() {
    try (var files = TestDirectory.create()) {
      var daemon = ProcessDaemon.startInVain(files, files.socket(), "web.listen=0.0.0.0:0");

      assertThat(daemon.awaitExit(START_FAILS_WITHIN_MILLIS)).isEqualTo(1);
      assertThat(daemon.output()).contains("web.tls_cert", "ssh -L");
      assertThat(files.socket()).doesNotExist();
    }
  }

  @Test
  void servesOverTlsOnly() throws IOException, GeneralSecurityException, InterruptedException {
    try (var files = TestDirectory.create()) {
      var store = keyStore(files.path().resolve("store.p12"));
      var certificate = pem(files, "CERTIFICATE", store.getCertificate("me").getEncoded());
      var key = pem(files, "PRIVATE KEY", store.getKey("me", PASSWORD).getEncoded());
      try (var daemon =
          InProcessDaemon.start(
              files,
              "web.listen=127.0.0.1:0",
              "web.tls_cert=" + certificate,
              "web.tls_key=" + key)) {
        var address = URI.create(daemon.dashboard());
        assertThat(address.getScheme()).isEqualTo("https");

        var body = "{\"token\":\"" + address.getFragment().substring("token=".length()) + "\"}";
        var login =
            HttpRequest.newBuilder(address.resolve("/api/login"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (var client = HttpClient.newBuilder().sslContext(trusting(store)).build()) {
          var answer = client.send(login, BodyHandlers.ofString());
          assertThat(answer.statusCode()).isEqualTo(204);
          assertThat(answer.headers().firstValue("set-cookie").orElse("")).endsWith("; Secure");
        }
        assertThat(
                Commands.run(
                    "sh",
                    "-c",
                    "curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1:"
                        + address.getPort()
                        + "/ || true"))
            .contains("000");
      }
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("dev.atmd.it.ForeignDaemon#ways")
  void isNotReadByAnotherUser(List<String> way) {
    try (var daemon = InProcessDaemon.start("web.listen=127.0.0.1:0");
        var prober = daemon.greeted()) {
      var url = "http://127.0.0.1:" + URI.create(daemon.dashboard()).getPort() + "/";
      var command = new ArrayList<>(way);
      command.addAll(
          List.of("sh", "-c", "curl -s -o /dev/null -w '%{http_code}' " + url + " || true"));

      assertThat(Commands.run(command.toArray(String[]::new))).contains("000");
      assertThat(Commands.run("curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", url))
          .contains("200");
      prober.send(Wire.message("metrics"));
      assertThat(prober.expect("metrics").path("text").asText())
          .contains("atmd_web_refused_total{reason=\"stranger\"} 1.0");
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("dev.atmd.it.ForeignDaemon#ways")
  void isScrapedByAnotherUserWhoIsNamedAndNotReadOtherwise(List<String> way) {
    try (var daemon = InProcessDaemon.start("web.listen=127.0.0.1:0", "web.scrapers=65534")) {
      var url = "http://127.0.0.1:" + URI.create(daemon.dashboard()).getPort();

      assertThat(curl(way, url + "/metrics")).contains("atmd_web_connections", " 200");
      assertThat(curl(way, url + "/")).contains("web.scrapers", " 403");
      assertThat(curl(way, url + "/api/health")).contains("web.scrapers", " 403");
      assertThat(curl(way, "-d {} -H Content-Type:application/json " + url + "/api/login"))
          .contains("web.scrapers", " 403");
      assertThat(curl(List.of(), url + "/")).contains("<html", " 200");
      assertThat(curl(List.of(), url + "/metrics")).contains("not logged in", " 401");
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("dev.atmd.it.ForeignDaemon#ways")
  void isNotScrapedByAUserWhoIsNotNamed(List<String> way) {
    try (var daemon = InProcessDaemon.start("web.listen=127.0.0.1:0", "web.scrapers=65533")) {
      var url = "http://127.0.0.1:" + URI.create(daemon.dashboard()).getPort();

      assertThat(curl(way, url + "/metrics")).endsWith(" 000");
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("dev.atmd.it.ForeignDaemon#ways")
  void leavesAScraperItsShareOfConnectionsAndNoMore(List<String> way) {
    try (var daemon = InProcessDaemon.start("web.listen=127.0.0.1:0", "web.scrapers=65534")) {
      var port = URI.create(daemon.dashboard()).getPort();
      var command = new ArrayList<>(way);
      command.addAll(List.of("perl", "-MIO::Socket::INET", "-e", FIVE_AT_ONCE, "" + port));

      assertThat(Commands.run(command.toArray(String[]::new)).lines())
          .containsExactly("200", "200", "200", "200", "closed");

      Waiting.until(
          "there is room again",
          () -> curl(way, "http://127.0.0.1:" + port + "/metrics").endsWith(" 200"));
    }
  }

  /** What was answered, and the status; 000 is no answer at all. */
  private static String curl(List<String> way, String arguments) {
    var command = new ArrayList<>(way);
    command.addAll(
        List.of("sh", "-c", "curl -s -m 20 -w ' %{http_code}' " + arguments + " || true"));
    return Commands.run(command.toArray(String[]::new));
  }

  @Test
  void isNotStartedForAScraperThatDoesNotExist() {
    try (var files = TestDirectory.create()) {
      var daemon = ProcessDaemon.startInVain(files, files.socket(), "web.scrapers=no-such-account");

      assertThat(daemon.awaitExit(START_FAILS_WITHIN_MILLIS)).isEqualTo(1);
      assertThat(daemon.output()).contains("web.scrapers has no-such-account", "id -u");
      assertThat(files.socket()).doesNotExist();
    }
  }

  /** A second daemon of the same user is not in the way of the first. */
  @Test
  void takesTheNextPortWhereOneIsTaken() {
    try (var first = InProcessDaemon.start("web.listen=127.0.0.1:0")) {
      var taken = URI.create(first.dashboard()).getPort();
      try (var second = InProcessDaemon.start("web.listen=127.0.0.1:" + taken)) {
        assertThat(URI.create(second.dashboard()).getPort()).isBetween(taken + 1, taken + 15);
      }
    }
  }

  @Test
  void isNotServedWhereItIsSwitchedOff() {
    try (var daemon = InProcessDaemon.start("web.enabled=false");
        var client = daemon.greeted()) {
      client.send(Wire.message("web"));

      client.expectError("no_web");
    }
  }

  private static KeyStore keyStore(Path file) throws IOException, GeneralSecurityException {
    Commands.run(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-alias",
        "me",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=localhost",
        "-ext",
        "SAN=ip:127.0.0.1",
        "-storetype",
        "PKCS12",
        "-keystore",
        file.toString(),
        "-storepass",
        new String(PASSWORD));
    var store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private static Path pem(TestDirectory files, String what, byte[] bytes) throws IOException {
    var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return Files.writeString(
        files.path().resolve(what.replace(' ', '-') + ".pem"),
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, text));
  }

  private static SSLContext trusting(KeyStore store) throws GeneralSecurityException, IOException {
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("me", store.getCertificate("me"));
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
