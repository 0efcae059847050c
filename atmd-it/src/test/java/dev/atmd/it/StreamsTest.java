package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What harnesses tell over streams of their own, and what happens when they vanish. */
final class StreamsTest {
  private static final String IDLE = "{\"type\":\"idle\"}";
  private static final String WORKING = "{\"type\":\"active\",\"activeFlags\":[]}";
  private static final String ASKING =
      "{\"type\":\"active\",\"activeFlags\":[\"waitingOnApproval\"]}";

  private final List<AutoCloseable> opened = new ArrayList<>();
  private TestDirectory files;
  private Path codexSocket;

  @BeforeEach
  void makeFiles() throws IOException {
    files = TestDirectory.create();
    codexSocket = files.path().resolve("codex.sock");
  }

  @AfterEach
  void closeAll() throws Exception {
    for (var closeable : opened.reversed()) {
      closeable.close();
    }
    files.close();
  }

  private <T extends AutoCloseable> T opened(T closeable) {
    opened.add(closeable);
    return closeable;
  }

  /** A client of a daemon with these settings that does not wait long. */
  private TestClient client(String... settings) {
    var all = new ArrayList<>(List.of("streams.pause_seconds=0.1"));
    all.addAll(List.of(settings));
    var daemon = InProcessDaemon.start(files, all.toArray(String[]::new));
    opened(daemon::stop);
    return opened(daemon.extended());
  }

  private String codex() {
    return "streams.codex=" + codexSocket;
  }

  private static String openCode(FakeOpenCode server) {
    return "streams.opencode=" + server.url();
  }

  private static Optional<JsonNode> find(TestClient client, String id) {
    return client.list().stream().filter(each -> each.path("id").asText().equals(id)).findFirst();
  }

  private static String status(TestClient client, String id) {
    return find(client, id).map(session -> session.path("status").asText()).orElse("gone");
  }

  private static void awaitStatus(TestClient client, String id, String status) {
    Waiting.until(
        id + " is " + status,
        () -> status(client, id).equals(status),
        () -> "it is " + status(client, id));
  }

  private static double metric(TestClient client, String name) {
    client.send(Wire.message("metrics"));
    var text = client.expect("metrics").path("text").asText();
    return text.lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void listensAtTheUsualPlacesIfToldToAndNowhereElse() throws IOException {
    var control = Files.createDirectories(files.path().resolve(".codex/app-server-control"));
    var codex = opened(FakeCodex.at(control.resolve("app-server-control.sock")));
    var openCode = opened(FakeOpenCode.at("/api/event"));
    var state = Files.createDirectories(files.path().resolve(".local/state/opencode"));
    Files.writeString(state.resolve("service.json"), Wire.json(Wire.fields("url", openCode.url())));

    var _ = opened(ProcessDaemon.startAtHome(files.path()));
    var _ =
        opened(
            ProcessDaemon.startAtHome(
                files.path(), "streams.codex=default", "streams.opencode=default"));
    codex.awaitClient();
    openCode.awaitClient();

    // One daemon of two has come, the one that was told to.
    assertThat(codex.connections()).isOne();
    assertThat(openCode.requests()).isOne();
  }

  @Test
  void seesTheThreadsOfCodexThatWereThereBefore() {
    var server = opened(FakeCodex.at(codexSocket).with("t1", ASKING).with("t2", IDLE));
    var client = client(codex());

    awaitStatus(client, "t1", "attention_needed");
    awaitStatus(client, "t2", "idle");

    var session = find(client, "t1").orElseThrow();
    assertThat(session.path("harness").asText()).isEqualTo("codex");
    assertThat(session.path("working_directory").asText()).isEqualTo("/nowhere/web");
    assertThat(metric(client, "atmd_streams_connected")).isOne();
    assertThat(server.sawOrigin()).isFalse();
  }

  @Test
  void followsCodexAndAnswersNoneOfItsRequests() {
    var server = opened(FakeCodex.at(codexSocket));
    var client = client(codex());
    server.awaitClient();

    server.send("{\"method\":\"thread/started\",\"params\":{\"thread\":{\"id\":\"t1\"}}}");
    awaitStatus(client, "t1", "idle");
    server.sendStatus("t1", WORKING);
    awaitStatus(client, "t1", "working");
    server.send(
        "{\"id\":7,\"method\":\"item/commandExecution/requestApproval\","
            + "\"params\":{\"threadId\":\"t1\"}}");
    server.sendStatus("t1", ASKING);
    awaitStatus(client, "t1", "attention_needed");
    server.send("{\"method\":\"thread/closed\",\"params\":{\"threadId\":\"t1\"}}");
    awaitStatus(client, "t1", "gone");

    assertThat(server.received())
        .containsExactly("initialize", "initialized", "thread/loaded/list");
  }

  @Test
  void endsWhatOnlyALostCodexToldOfAndSeesItAgainWhenItIsBack() {
    var client = client(codex());
    var first = FakeCodex.at(codexSocket).with("t1", WORKING);
    awaitStatus(client, "t1", "working");

    first.close();
    awaitStatus(client, "t1", "gone");
    assertThat(metric(client, "atmd_streams_connected")).isZero();
    var _ = opened(FakeCodex.at(codexSocket).with("t1", ASKING));

    awaitStatus(client, "t1", "attention_needed");
  }

  @Test
  void leavesWhatItsProcessToldOfWhenCodexIsLost() {
    var server = FakeCodex.at(codexSocket).with("alone", WORKING).with("hooked", WORKING);
    var client = client(codex());
    awaitStatus(client, "alone", "working");
    awaitStatus(client, "hooked", "working");
    client.send(
        Wire.message(
            "agent_event",
            "harness",
            "codex",
            "pid",
            ProcessHandle.current().pid(),
            "data",
            Wire.fields("session_id", "hooked", "hook_event_name", "UserPromptSubmit")));
    client.expectQuiet();

    server.close();

    awaitStatus(client, "alone", "gone");
    assertThat(status(client, "hooked")).isEqualTo("working");
  }

  @Test
  void skipsWhatIsNoMessageOfCodex() {
    var server = opened(FakeCodex.at(codexSocket));
    var client = client(codex());
    server.awaitClient();

    for (var text : List.of("", "not JSON", "[1]", "{}", "{\"id\":99,\"result\":{}}", "null")) {
      server.send(text);
    }
    server.send("[".repeat(5_000));
    server.send("{\"method\":\"thread/status/changed\",\"params\":{\"status\":" + WORKING + "}}");
    server.send("{\"method\":\"something/new\",\"params\":{\"threadId\":\"t0\"}}");
    server.sendStatus("t1", WORKING);

    awaitStatus(client, "t1", "working");
    assertThat(metric(client, "atmd_streams_malformed_total")).isEqualTo(8);
    assertThat(server.connections()).isOne();
  }

  @Test
  void connectsAnewAfterBytesOrMessagesThatCannotBeTaken() {
    var server = opened(FakeCodex.at(codexSocket).with("t1", WORKING));
    var client = client(codex(), "streams.message_bytes=65536");
    awaitStatus(client, "t1", "working");

    server.sendGarbage();
    Waiting.until("it comes again", () -> server.connections() >= 2);
    awaitStatus(client, "t1", "working");
    server.awaitClient();
    server.sendStatus("t1", "\"" + "x".repeat(100_000) + "\"");
    Waiting.until("it comes again", () -> server.connections() >= 3);

    awaitStatus(client, "t1", "working");
    client.expectQuiet();
  }

  @Test
  void givesUpOnACodexThatNeverAnswersAndTriesAgain() {
    var server = opened(FakeCodex.silentAt(codexSocket));
    var client = client(codex(), "streams.answer_seconds=0.1");

    Waiting.until("it tries three times", () -> server.connections() >= 3);

    assertThat(metric(client, "atmd_streams_connected")).isZero();
    assertThat(client.list()).isEmpty();
  }

  @Test
  void noticesThatCodexHangs() {
    var server = opened(FakeCodex.at(codexSocket).with("t1", WORKING));
    var client = client(codex(), "streams.silence_seconds=0.3", "streams.pause_seconds=20");
    awaitStatus(client, "t1", "working");

    server.hang();

    awaitStatus(client, "t1", "gone");
  }

  @Test
  void followsOpenCodeOfTheFirstGeneration() {
    var server = opened(FakeOpenCode.at("/global/event"));
    var client = client(openCode(server));
    server.awaitClient();

    server.sendGlobal("session.status", "sessionID", "s1", "status", Wire.fields("type", "busy"));
    awaitStatus(client, "s1", "working");
    server.sendGlobal("permission.asked", "id", "p1", "sessionID", "s1", "permission", "bash");
    awaitStatus(client, "s1", "attention_needed");
    server.sendGlobal("permission.replied", "requestID", "p1", "sessionID", "s1");
    awaitStatus(client, "s1", "working");
    server.sendGlobal("session.idle", "sessionID", "s1");
    awaitStatus(client, "s1", "idle");

    var session = find(client, "s1").orElseThrow();
    assertThat(session.path("harness").asText()).isEqualTo("opencode");
    assertThat(session.path("working_directory").asText()).isEqualTo("/nowhere/web");
  }

  @Test
  void triesTheOtherPathsWhereOneHasNoStream() {
    var server = opened(FakeOpenCode.at("/event"));
    var client = client(openCode(server));
    server.awaitClient();

    server.send(Wire.fields("type", "session.idle", "properties", Wire.fields("sessionID", "s1")));

    awaitStatus(client, "s1", "idle");
  }

  @Test
  void endsWhatOnlyALostOpenCodeToldOfAndSeesItAgainWhenItIsBack() {
    var first = FakeOpenCode.at("/global/event");
    var client = client(openCode(first));
    first.awaitClient();
    var busy = new Object[] {"sessionID", "s1", "status", Wire.fields("type", "busy")};
    first.sendGlobal("session.status", busy);
    awaitStatus(client, "s1", "working");

    first.close();
    awaitStatus(client, "s1", "gone");
    var second = opened(FakeOpenCode.start(first.port(), "/global/event", ""));
    second.awaitClient();
    assertThat(status(client, "s1")).isEqualTo("gone");
    second.sendGlobal("session.status", busy);

    awaitStatus(client, "s1", "working");
  }

  @Test
  void findsOpenCodeOfTheSecondGenerationAndTakesNoReplayForLife() throws IOException {
    var service = files.path().resolve("service.json");
    var basic =
        "Basic "
            + Base64.getEncoder()
                .encodeToString("opencode:secret".getBytes(StandardCharsets.UTF_8));
    var client = client("streams.opencode=" + service);
    var server = opened(FakeOpenCode.start(0, "/api/event", basic));
    Files.writeString(service, Wire.json(Wire.fields("url", server.url(), "password", "secret")));
    server.awaitClient();
    var now = System.currentTimeMillis();
    var began = "session.execution.started";

    server.send(FakeOpenCode.durable("evt_1", began, "old", now - 60_000, 1));
    server.send(FakeOpenCode.durable("evt_2", began, "new", now + 1, 1));
    awaitStatus(client, "new", "working");
    assertThat(status(client, "old")).isEqualTo("gone");
    server.close();
    awaitStatus(client, "new", "gone");
    var second = opened(FakeOpenCode.start(server.port(), "/api/event", basic));
    second.awaitClient();
    second.send(FakeOpenCode.durable("evt_5", began, "new", now + 1, 1));
    second.send(FakeOpenCode.durable("evt_3", began, "other", far(), 1));

    awaitStatus(client, "other", "working");
    assertThat(status(client, "new")).isEqualTo("gone");
    second.send(FakeOpenCode.durable("evt_4", "session.step.started", "new", far(), 2));
    awaitStatus(client, "new", "working");
  }

  /** A time that is surely not before now. */
  private static long far() {
    return System.currentTimeMillis() + 1;
  }

  @Test
  void skipsWhatIsNoEventOfOpenCodeAndWhatIsTooLong() {
    var server = opened(FakeOpenCode.at("/global/event"));
    var client = client(openCode(server), "streams.message_bytes=65536");
    server.awaitClient();

    server.sendText("data: not JSON\n\n: a comment\n\ndata\n\nevent: x\nid: 7\n\n");
    server.sendText("data: {\"no\":\"type\"}\r\n\r\n");
    server.sendText("data: " + "x".repeat(500_000) + "\n\n");
    server.sendText("\u0000\u0001\n\n");
    server.sendGlobal("something.new", "sessionID", "s0");
    server.sendGlobal("session.idle", "sessionID", "s1");

    awaitStatus(client, "s1", "idle");
    assertThat(metric(client, "atmd_streams_malformed_total")).isEqualTo(4);
    assertThat(server.requests()).isOne();
  }

  @Test
  void asksASilentOpenCodeWhetherItLivesAndLeavesItWhenItDoesNot() {
    var server = opened(FakeOpenCode.at("/global/event"));
    var client = client(openCode(server), "streams.silence_seconds=0.2");
    server.awaitClient();
    server.sendGlobal("session.idle", "sessionID", "s1");
    awaitStatus(client, "s1", "idle");

    Waiting.until("it has asked four times", () -> server.requests() >= 5);
    assertThat(status(client, "s1")).isEqualTo("idle");
    server.hang();

    awaitStatus(client, "s1", "gone");
  }

  @Test
  void isStoppedAtOnceWhateverTheOthersDo() {
    var silent = opened(FakeCodex.silentAt(codexSocket));
    var server = opened(FakeOpenCode.at("/global/event"));
    var daemon = InProcessDaemon.start(files, codex(), openCode(server));
    Waiting.until("it has connected", () -> silent.connections() > 0);
    server.awaitClient();

    daemon.stop();

    assertThat(server.requests()).isOne();
  }

  @Test
  void listensWithTheJdksSocketsToo() {
    var _ = opened(FakeCodex.at(codexSocket).with("t1", WORKING));
    var server = opened(FakeOpenCode.at("/global/event"));
    var client = client(codex(), openCode(server), "socket.transport=nio");
    server.awaitClient();

    server.sendGlobal("session.idle", "sessionID", "s1");

    awaitStatus(client, "t1", "working");
    awaitStatus(client, "s1", "idle");
  }

  @Test
  void saysOnceThatAHarnessIsAwayAndOnceThatItIsBack() {
    var silent = FakeCodex.silentAt(codexSocket);
    var daemon =
        opened(
            ProcessDaemon.start(
                files, codex(), "streams.answer_seconds=0.5", "streams.pause_seconds=0.1"));
    Waiting.until("it tries three times", () -> silent.connections() >= 3);
    silent.close();
    var server = opened(FakeCodex.at(codexSocket));
    server.awaitClient();

    assertThat(daemon.output().lines().filter(line -> line.contains("Codex CLI")))
        .satisfiesExactly(
            away -> assertThat(away).contains("is away: it does not answer"),
            back -> assertThat(back).contains("listening to Codex CLI at " + codexSocket));
  }
}
