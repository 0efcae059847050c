package dev.atmd.server.streams;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is said to Codex's app-server, and what its messages come to. It is greeted, asked which
 * threads it has, and each of these is read once; from then on it is only listened to. What it asks
 * is never answered: that is for the one who runs the thread.
 *
 * <pre>
 * → {"id":0,"method":"initialize","params":{…}}        ← {"id":0,"result":{…}}
 * → {"method":"initialized"}
 * → {"id":1,"method":"thread/loaded/list","params":{}} ← {"id":1,"result":{"data":["t1"],"nextCursor":null}}
 * → {"id":2,"method":"thread/read","params":{"threadId":"t1"}}
 *                                                      ← {"id":2,"result":{"thread":{"id":"t1","status":{…}}}}
 *                                                      ← {"method":"thread/status/changed","params":{…}} …
 * </pre>
 *
 * Pure; confined to one connection.
 */
final class CodexTalk {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Threads that one process hosts, many times over. */
  private static final int MAX_THREADS = 1_024;

  /** The server refuses requests when too many wait. */
  private static final int READS_AT_ONCE = 4;

  /** Text while it is being made: most of what is sent, and no sign of a state. */
  private static final List<String> UNWANTED =
      List.of(
          "item/agentMessage/delta",
          "item/commandExecution/outputDelta",
          "item/plan/delta",
          "item/reasoning/summaryTextDelta",
          "item/reasoning/textDelta",
          "command/exec/outputDelta");

  private final Map<Integer, Question> open = new HashMap<>();
  private final Deque<String> unread = new ArrayDeque<>();
  private int listed;
  private int nextId;

  /** What follows from a message. */
  sealed interface Step {
    record Send(String text) implements Step {}

    /** The server has accepted us. */
    record Open() implements Step {}

    /** An event, as a sender would give it. */
    @SuppressWarnings("ArrayRecordComponent") // It is handed on; nobody compares it.
    record Report(byte[] payload) implements Step {}

    record Skip(String why) implements Step {}

    record GiveUp(String why) implements Step {}
  }

  private enum Question {
    INITIALIZE,
    LIST,
    READ
  }

  List<Step> begin() {
    var params = JSON.createObjectNode();
    params
        .putObject("clientInfo")
        .put("name", "atmd")
        .put("title", "atmd")
        .put("version", version());
    var unwanted = params.putObject("capabilities").putArray("optOutNotificationMethods");
    UNWANTED.forEach(unwanted::add);
    return List.of(ask(Question.INITIALIZE, "initialize", params));
  }

  List<Step> on(byte[] message) {
    try {
      var read = JSON.readTree(message);
      if (!(read instanceof ObjectNode said)) {
        return List.of(new Step.Skip("a message that is no object"));
      }
      if (said.path("method").isTextual()) {
        return said.has("id") ? List.of() : List.of(new Step.Report(message));
      }
      var question = said.path("id").isInt() ? open.remove(said.path("id").intValue()) : null;
      return question == null
          ? List.of(new Step.Skip("neither an event nor an answer"))
          : answered(question, said);
    } catch (JsonProcessingException e) {
      return List.of(new Step.Skip("not JSON: " + e.getOriginalMessage()));
    } catch (IOException e) {
      throw new AssertionError("a byte array cannot fail to be read", e);
    }
  }

  private List<Step> answered(Question question, JsonNode answer) {
    var result = answer.path("result");
    return switch (question) {
      case INITIALIZE ->
          result.isObject()
              ? List.of(
                  new Step.Send("{\"method\":\"initialized\"}"),
                  new Step.Open(),
                  list(JSON.createObjectNode()))
              : List.of(new Step.GiveUp("it refuses: " + answer.path("error").path("message")));
      case LIST -> listed(result);
      case READ -> read(result.path("thread"));
    };
  }

  /** An answer without a list, as of a server that is too old for the question, lists nothing. */
  private List<Step> listed(JsonNode result) {
    for (var id : result.path("data")) {
      if (id.isTextual() && listed < MAX_THREADS) {
        listed++;
        unread.addLast(id.textValue());
      }
    }
    var steps = readMore();
    var next = result.path("nextCursor");
    if (next.isTextual() && !result.path("data").isEmpty() && listed < MAX_THREADS) {
      steps.add(list(JSON.createObjectNode().put("cursor", next.textValue())));
    }
    return steps;
  }

  /** What is there already is told of as if its state had just changed, which begins no turn. */
  private List<Step> read(JsonNode thread) {
    var steps = readMore();
    if (thread.path("id").isTextual() && thread.has("status")) {
      var event = JSON.createObjectNode().put("method", "thread/status/changed");
      var params = event.putObject("params");
      params.set("threadId", thread.path("id"));
      params.set("status", thread.path("status"));
      params.set("thread", thread);
      steps.addFirst(new Step.Report(bytes(event)));
    }
    return steps;
  }

  private List<Step> readMore() {
    var steps = new ArrayList<Step>();
    while (!unread.isEmpty() && open.size() < READS_AT_ONCE) {
      var params = JSON.createObjectNode().put("threadId", unread.removeFirst());
      steps.add(ask(Question.READ, "thread/read", params));
    }
    return steps;
  }

  private Step list(ObjectNode params) {
    return ask(Question.LIST, "thread/loaded/list", params);
  }

  private Step ask(Question question, String method, ObjectNode params) {
    var id = nextId++;
    open.put(id, question);
    var request = JSON.createObjectNode().put("id", id).put("method", method);
    request.set("params", params);
    return new Step.Send(request.toString());
  }

  private static String version() {
    var version = CodexTalk.class.getPackage().getImplementationVersion();
    return version == null ? "(unpackaged)" : version;
  }

  private static byte[] bytes(JsonNode node) {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new AssertionError("what was read can be written", e);
    }
  }
}
