package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A corpus of hostile payloads, over every way in: they leave no trace but harmless sessions. */
@Timeout(180)
class HostilePayloadTest {
  private static final Path CORPUS = Checkout.root().resolve("atmd-it/src/test/resources/hostile");

  /** What a terminal acts on, or nobody sees. */
  private static final Pattern HARMFUL =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Co}\\uFE0F&&[^\\n]]");

  @Test
  void leaveNoTrace() throws Exception {
    try (var files = TestDirectory.create();
        var daemon = ProcessDaemon.start(files);
        var observer = daemon.subscribed()) {
      var traps = Files.createDirectory(files.path().resolve("traps"));
      GitTraps.lay(traps);
      var before = tree(traps);

      for (var payload : payloads(traps)) {
        for (var way : Entrance.values()) {
          way.send(daemon, payload);
        }
        expectService(daemon);
        observer.available().forEach(HostilePayloadTest::expectMessage);
      }

      try (var client = daemon.greeted()) {
        assertThat(client.list()).as("sessions of the harmless parts").isNotEmpty();
        client.send(Wire.message("metrics"));
        var metrics = client.expect("metrics").path("text").asText();
        assertThat(metrics.lines()).noneMatch(line -> line.startsWith("atmd_owned"));
        expectHarmless("metrics", metrics);
        for (var view : client.list()) {
          assertThat(view.toString())
              .as("a secret that a repository leads to")
              .doesNotContain("hunter2");
        }
      }
      expectHarmlessCommands(daemon);
      expectHarmless("log", Files.readString(files.state().resolve("atmd-0.log")));
      expectHarmless("output", daemon.output());
      assertThat(tree(traps)).as("files beside the daemon").isEqualTo(before);
    }
  }

  /** The ways into the daemon. */
  private enum Entrance {
    HOOK_EVENT {
      @Override
      void send(TestDaemon daemon, byte[] payload) {
        sendLine(
            daemon,
            "{\"protocol_version\":{\"major\":1,\"minor\":0},\"type\":\"hook_event\"",
            payload);
      }
    },
    AGENT_EVENT {
      @Override
      void send(TestDaemon daemon, byte[] payload) {
        sendLine(
            daemon,
            "{\"protocol_version\":{\"major\":1,\"minor\":1},\"type\":\"agent_event\",\"harness\":\"claude\"",
            payload);
      }
    },
    STATUS_LINE {
      @Override
      void send(TestDaemon daemon, byte[] payload) {
        sendLine(
            daemon,
            "{\"protocol_version\":{\"major\":1,\"minor\":0},\"type\":\"status_update\"",
            payload);
      }
    },
    BARE_LINE {
      @Override
      void send(TestDaemon daemon, byte[] payload) {
        try (var client = daemon.connect()) {
          client.offer(joined(payload, bytes("\n")), TestClient.PATIENCE);
          client.available().forEach(HostilePayloadTest::expectMessage);
        }
      }
    },
    HTTP {
      @Override
      void send(TestDaemon daemon, byte[] payload) {
        var head =
            "POST /v1/agents/claude/events HTTP/1.1\r\nHost: atmd\r\nAtm-Ack: applied\r\n"
                + "Connection: close\r\nContent-Length: "
                + payload.length
                + "\r\n\r\n";
        try (var client = daemon.connect()) {
          client.offer(joined(bytes(head), payload), TestClient.PATIENCE);
          assertThat(client.line()).startsWith("HTTP/1.1 ");
        }
      }
    },
    HOOK {
      @Override
      void send(TestDaemon daemon, byte[] payload) {
        var hook = Hook.of(Sender.all().getFirst(), daemon.socket(), "claude");
        var ended = hook.call(new String(payload, StandardCharsets.ISO_8859_1));
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.output()).isEmpty();
      }
    };

    abstract void send(TestDaemon daemon, byte[] payload);

    private static void sendLine(TestDaemon daemon, String head, byte[] payload) {
      try (var client = daemon.greeted()) {
        client.offer(
            joined(bytes(head + ",\"data\":"), payload, bytes("}\n")), TestClient.PATIENCE);
        client.offer(bytes(Wire.ping(1) + "\n"), TestClient.PATIENCE);
        client.available().forEach(HostilePayloadTest::expectMessage);
      }
    }
  }

  private static List<byte[]> payloads(Path traps) throws IOException {
    try (var all = Files.list(CORPUS)) {
      var payloads =
          all.filter(file -> file.toString().endsWith(".json"))
              .sorted()
              .map(file -> payload(file, traps))
              .toList();
      assertThat(payloads).hasSizeGreaterThan(30);
      return payloads;
    }
  }

  private static byte[] payload(Path file, Path traps) {
    try {
      var text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      return text.replace("@TRAPS@", traps.toString()).getBytes(StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new AssertionError("cannot read " + file, e);
    }
  }

  private static void expectService(TestDaemon daemon) {
    try (var client = daemon.greeted()) {
      client.send(Wire.ping(7)).expect("pong");
    }
  }

  private static void expectMessage(String line) {
    var message = Wire.parse(line);
    assertThat(message.path("type").asText()).isNotEmpty();
    assertThat(message.path("code").asText()).as(line).isNotEqualTo("internal");
  }

  /** As {@code atm} shows them. */
  private static void expectHarmlessCommands(TestDaemon daemon) throws Exception {
    for (var command : List.of("list", "list --json", "status", "explain h", "metrics", "doctor")) {
      var words = new ArrayList<>(List.of(Checkout.root().resolve("bin/atm").toString()));
      words.addAll(List.of(command.split(" ", -1)));
      var builder = new ProcessBuilder(words).redirectErrorStream(true);
      builder.environment().put("ATM_SOCKET", daemon.socket().toString());
      builder.environment().put("ATMD_NO_TRAINING", "1");
      builder.environment().put("ATMD_JAVA_HOME", System.getProperty("java.home"));
      var process = builder.start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(output).isIn(0, 1);
      assertThat(output).isNotEmpty();
      expectHarmless("atm " + command, output);
    }
  }

  private static void expectHarmless(String what, String text) {
    var found = HARMFUL.matcher(text);
    if (found.find()) {
      var from = Math.max(0, found.start() - 60);
      throw new AssertionError(
          "U+%04X in the output of %s, behind: %s"
              .formatted((int) found.group().charAt(0), what, text.substring(from, found.start())));
    }
  }

  /** Every path with its size and its last change. */
  private static Map<String, String> tree(Path directory) throws IOException {
    var tree = new TreeMap<String, String>();
    try (var all = Files.walk(directory)) {
      for (var path : all.toList()) {
        var attributes =
            Files.readAttributes(path, "size,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
        tree.put(path.toString(), attributes.toString());
      }
    }
    return tree;
  }

  private static byte[] joined(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (var part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
