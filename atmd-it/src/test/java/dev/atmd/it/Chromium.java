package dev.atmd.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real browser without a screen, driven over its DevTools protocol, which is JSON on a WebSocket
 * (docs/decisions/0018). Each one has a profile of its own. Commands are for one thread.
 */
final class Chromium implements AutoCloseable {
  /** Says which one; set by .ci/run where one can be had. */
  static final String VARIABLE = "ATMD_IT_CHROMIUM";

  private static final List<String> OPTIONS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--no-first-run",
          "--hide-scrollbars",
          "--remote-debugging-port=0");

  private final Process process;
  private final TestDirectory profile;
  private final Replies replies = new Replies();
  private final WebSocket socket;
  private final AtomicInteger asked = new AtomicInteger();

  private Chromium(Process process, TestDirectory profile) {
    this.process = process;
    this.profile = profile;
    var ready = profile.path().resolve("DevToolsActivePort");
    Waiting.until("Chromium can be driven", () -> Files.exists(ready) && lines(ready).size() == 2);
    var port = lines(ready).getFirst();
    var path = lines(ready).getLast();
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create("ws://127.0.0.1:" + port + path), replies)
            .join();
  }

  static Chromium start() {
    var profile = TestDirectory.create();
    var command = new ArrayList<String>();
    command.add(System.getenv(VARIABLE));
    command.addAll(OPTIONS);
    command.add("--user-data-dir=" + profile.path());
    command.add("about:blank");
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new Chromium(process, profile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An empty page. */
  Tab open() {
    var target = ask(null, "Target.createTarget", Map.of("url", "about:blank"));
    var session =
        ask(
            null,
            "Target.attachToTarget",
            Map.of("targetId", target.path("targetId").asText(), "flatten", true));
    return new Tab(this, session.path("sessionId").asText());
  }

  /** What pages complained of. */
  List<String> complaints() {
    return replies.complaints;
  }

  JsonNode ask(@Nullable String session, String method, Map<String, ?> parameters) {
    var id = asked.incrementAndGet();
    var reply = new CompletableFuture<JsonNode>();
    replies.awaited.put(id, reply);
    var message = Wire.JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", Wire.JSON.valueToTree(parameters));
    if (session != null) {
      message.put("sessionId", session);
    }
    socket.sendText(message.toString(), true).join();
    try {
      var answer = reply.get(TestClient.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (answer.has("error")) {
        throw new AssertionError(method + " failed: " + answer.path("error"));
      }
      return answer.path("result");
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(method + " was not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its processes write into the profile until the last of them has ended. */
  @Override
  public void close() {
    socket.abort();
    var all = process.descendants().toList();
    process.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    Waiting.until(
        "Chromium has ended",
        () -> !process.isAlive() && all.stream().noneMatch(ProcessHandle::isAlive));
    profile.close();
  }

  /** What the browser says. */
  private static final class Replies implements WebSocket.Listener {
    private final Map<Integer, CompletableFuture<JsonNode>> awaited = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket socket, CharSequence part, boolean isLast) {
      text.append(part);
      if (isLast) {
        take(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    private void take(String json) {
      try {
        var message = Wire.JSON.readTree(json);
        var reply = awaited.remove(message.path("id").asInt());
        if (reply != null) {
          reply.complete(message);
        } else if (isComplaint(message)) {
          complaints.add(message.path("params").toString());
        }
      } catch (IOException e) {
        complaints.add("not JSON: " + json);
      }
    }

    private static boolean isComplaint(JsonNode message) {
      return switch (message.path("method").asText()) {
        case "Runtime.exceptionThrown" -> true;
        case "Log.entryAdded" ->
            message.at("/params/entry/source").asText().equals("security")
                || message.at("/params/entry/text").asText().contains("Content Security Policy");
        default -> false;
      };
    }
  }
}
