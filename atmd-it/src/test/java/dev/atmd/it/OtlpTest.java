package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.it.OtlpReceiver.Manner;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a collector is sent by the real daemon, and what a bad one costs it. */
@Timeout(90)
final class OtlpTest {
  private static final String SECRET = "hunter2-hunter2";

  /**
   * As long as a stop may take with a collector that works, and half of what it may take at all.
   */
  private static final long STOPS_WITHIN_MILLIS = 5_000;

  private final TestDirectory files = TestDirectory.create();
  private final OtlpReceiver receiver = OtlpReceiver.start();

  @AfterEach
  void close() {
    receiver.close();
    files.close();
  }

  @Test
  void everyMeterArrivesAsItIsScraped() {
    try (var daemon = start();
        var client = connected(daemon)) {
      client.send(Wire.hook("a", Unique.pid(), "UserPromptSubmit", "prompt", "go on"));
      client.send(Wire.hook("b", Unique.pid(), "UserPromptSubmit", "prompt", "go on"));
      client.send(Wire.hook("b", Unique.pid(), "Stop"));
      client.expectQuiet();

      var export = receiver.next();
      var scrape = scrape(client);

      assertThat(Numbers.kinds(export)).isEqualTo(Numbers.kinds(scrape));
      for (var sample :
          List.of(
              "atmd_registry_sessions",
              "atmd_sessions{harness=\"claude\",status=\"working\"}",
              "atmd_messages_total{outcome=\"accepted\",type=\"lifecycle_update\"}",
              "atmd_agent_events_total{harness=\"claude\"}",
              "atmd_connections",
              "atmd_otlp_trouble")) {
        assertThat(Numbers.samples(export))
            .as(sample)
            .containsEntry(sample, Numbers.value(scrape, sample));
      }
      assertThat(Numbers.samples(export).get("atmd_agent_events_total{harness=\"claude\"}"))
          .isEqualTo(3.0);
    }
  }

  @Test
  void aTimerArrivesAsAHistogramInSeconds() {
    try (var daemon = start();
        var client = connected(daemon)) {
      client.send(Wire.hook("a", Unique.pid(), "UserPromptSubmit", "prompt", "go on"));
      client.expectQuiet();

      var ingest = receiver.next().metric("atmd_ingest_seconds");
      var scrape = scrape(client);

      assertThat(ingest.getUnit()).isEqualTo("seconds");
      assertThat(ingest.getHistogram().getAggregationTemporality())
          .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
      var point = ingest.getHistogram().getDataPoints(0);
      assertThat((double) point.getCount())
          .isEqualTo(Numbers.value(scrape, "atmd_ingest_seconds_count"));
      assertThat(point.getSum()).isEqualTo(Numbers.value(scrape, "atmd_ingest_seconds_sum"));
      assertThat(point.getExplicitBoundsList()).containsExactly(0.0001, 0.001, 0.01, 0.1, 1.0);
      assertThat((double) point.getBucketCountsList().stream().limit(4).mapToLong(i -> i).sum())
          .isEqualTo(Numbers.value(scrape, "atmd_ingest_seconds_bucket{le=\"0.1\"}"));
    }
  }

  @Test
  void saysWhoItIsAndWhatTheHeadersFileSaysAndTellsNobodyElse() throws IOException {
    var headers = headers("# Ours.\nAuthorization=Bearer " + SECRET + "\nX-Scope-OrgID=7\n");
    try (var daemon = start("otlp.headers_file=" + headers, "otlp.attributes=host.name=box");
        var client = connected(daemon)) {
      var export = receiver.next();

      assertThat(export.path()).isEqualTo("/v1/metrics");
      assertThat(export.headers().getFirst("Authorization")).isEqualTo("Bearer " + SECRET);
      assertThat(export.headers().getFirst("X-Scope-OrgID")).isEqualTo("7");
      assertThat(export.headers().getFirst("Content-Type")).isEqualTo("application/x-protobuf");
      assertThat(export.resource())
          .containsEntry("service.name", "atmd")
          .containsEntry("host.name", "box")
          .containsOnlyKeys(
              "service.name",
              "host.name",
              "telemetry.sdk.name",
              "telemetry.sdk.language",
              "telemetry.sdk.version");

      receiver.answers(Manner.IS_UNAVAILABLE);
      awaitTrouble(client, 1);
      var config = atmd("config", "--set", "otlp.headers_file=" + headers, "--config", "/dev/null");
      assertThat(config).contains("otlp.headers_file", headers.toString());
      assertThat(config + daemon.output() + log() + scrape(client)).doesNotContain(SECRET);
    }
  }

  @Test
  void aCollectorThatIsUnavailableIsCountedAndToldOfOnce() throws IOException {
    receiver.answers(Manner.IS_UNAVAILABLE);
    try (var daemon = start();
        var client = connected(daemon)) {
      Waiting.until(
          "three exports have failed",
          () -> failures(client) >= 3,
          () -> "failures " + failures(client));

      assertThat(status(daemon)).contains("Metrics: the collector does not take them");
      assertThat(log().lines().filter(line -> line.contains("not taken")))
          .singleElement()
          .asString()
          .contains("WARN", receiver.url(), "it answered 503");

      receiver.answers(Manner.TAKES);
      awaitTrouble(client, 0);
      assertThat(status(daemon)).contains("Metrics: sent to the collector");
      assertThat(log()).contains("metrics are taken again").doesNotContain("OtlpMeterRegistry");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SAYS_NOTHING", "TRICKLES"})
  void aCollectorThatHangsDisturbsNobodyAndDelaysNoStop(Manner manner) throws IOException {
    receiver.answers(manner);
    try (var daemon = start();
        var client = connected(daemon)) {
      awaitTrouble(client, 1);
      var before = receiver.count();
      client.send(Wire.hook("a", Unique.pid(), "UserPromptSubmit", "prompt", "go on"));
      client.expectQuiet();
      assertThat(Numbers.value(scrape(client), "atmd_agent_events_total{harness=\"claude\"}"))
          .isEqualTo(1.0);
      Waiting.until(
          "another export hangs",
          () -> receiver.count() > before,
          () -> receiver.count() + " exports");

      daemon.terminate();

      assertThat(daemon.awaitExit(STOPS_WITHIN_MILLIS)).isZero();
    }
  }

  /** With such an interval an export may take nine seconds; a stop does not wait for it. */
  @Test
  void anExportThatHangsIsGivenUpWhenTheDaemonStops() {
    receiver.answers(Manner.SAYS_NOTHING);
    try (var daemon =
        ProcessDaemon.start(files, "otlp.url=" + receiver.url(), "otlp.interval_seconds=9")) {
      Waiting.until("an export hangs", () -> receiver.count() > 0);

      daemon.terminate();

      assertThat(daemon.awaitExit(STOPS_WITHIN_MILLIS)).isZero();
    }
  }

  @Test
  void theLastExportMayHangToo() {
    try (var daemon = ProcessDaemon.start(files, "otlp.url=" + receiver.url())) {
      receiver.answers(Manner.SAYS_NOTHING);

      daemon.terminate();

      assertThat(daemon.awaitExit(STOPS_WITHIN_MILLIS)).isZero();
      assertThat(receiver.count()).isPositive();
    }
  }

  @Test
  void theLastValuesAreSentWhenTheDaemonStops() {
    try (var daemon = ProcessDaemon.start(files, "otlp.url=" + receiver.url());
        var client = connected(daemon)) {
      client.send(Wire.hook("a", Unique.pid(), "UserPromptSubmit", "prompt", "go on"));
      client.expectQuiet();

      daemon.terminate();

      assertThat(daemon.awaitExit(STOPS_WITHIN_MILLIS)).isZero();
      assertThat(Numbers.samples(receiver.last()))
          .containsEntry("atmd_agent_events_total{harness=\"claude\"}", 1.0);
    }
  }

  @Test
  void nothingOfItIsLoadedWhereNothingIsSent() {
    try (var daemon = ProcessDaemon.start(files);
        var client = connected(daemon)) {
      var loaded =
          Commands.run(
              Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
              Long.toString(daemon.pid()),
              "VM.class_hierarchy");

      assertThat(loaded)
          .contains("dev.atmd.server.Daemon", "io.micrometer.core")
          .doesNotContain(
              "dev.atmd.server.otlp.OtlpExport",
              "io.micrometer.registry.otlp",
              "io.opentelemetry",
              "com.google.protobuf");
      assertThat(scrape(client)).doesNotContain("atmd_otlp");
      assertThat(status(daemon)).doesNotContain("Metrics:");
    }
  }

  @Test
  void isNotStartedWithHeadersThatCannotBeRead() throws IOException {
    var daemon =
        ProcessDaemon.startInVain(
            files,
            files.socket(),
            "otlp.url=" + receiver.url(),
            "otlp.headers_file=" + headers("Authorization " + SECRET + "\n"));

    assertThat(daemon.awaitExit(20_000)).isEqualTo(1);
    assertThat(daemon.output())
        .contains("otlp.headers_file", "line 1", "Authorization=Bearer TOKEN")
        .doesNotContain(SECRET);
    assertThat(files.socket()).doesNotExist();
  }

  private ProcessDaemon start(String... settings) {
    var all =
        Stream.concat(
            Stream.of("otlp.url=" + receiver.url(), "otlp.interval_seconds=1"),
            Arrays.stream(settings));
    return ProcessDaemon.start(files, all.toArray(String[]::new));
  }

  private Path headers(String text) throws IOException {
    return Files.writeString(files.path().resolve("headers"), text);
  }

  private String log() throws IOException {
    return Files.readString(files.state().resolve("atmd-0.log"));
  }

  private static String status(ProcessDaemon daemon) {
    return atmd(
        "status",
        "--config",
        "/dev/null",
        "--socket",
        daemon.socket().toString(),
        "--state-dir",
        daemon.files().state().toString());
  }

  private static String atmd(String... arguments) {
    var program = Checkout.root().resolve("bin").resolve("atmd").toString();
    return Commands.run(
        Stream.concat(Stream.of("env", "ATMD_NO_TRAINING=1", program), Arrays.stream(arguments))
            .toArray(String[]::new));
  }

  private static TestClient connected(ProcessDaemon daemon) {
    var client = daemon.connect().send(Wire.messageOf(1, "connect", Map.of()));
    client.expect("connected");
    return client;
  }

  private static String scrape(TestClient client) {
    return client
        .send(Wire.messageOf(1, "metrics", Map.of()))
        .expect("metrics")
        .path("text")
        .asText();
  }

  private static double failures(TestClient client) {
    return Numbers.value(scrape(client), "atmd_otlp_exports_total{worked=\"false\"}");
  }

  private static void awaitTrouble(TestClient client, double wanted) {
    Waiting.until(
        "atmd_otlp_trouble is " + wanted,
        () -> Numbers.value(scrape(client), "atmd_otlp_trouble") == wanted);
  }
}
