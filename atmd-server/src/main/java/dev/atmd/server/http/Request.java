package dev.atmd.server.http;

import dev.atmd.protocol.json.AgentEventLine;
import dev.atmd.protocol.message.ErrorCode;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the head of a request asks for. */
sealed interface Request {
  /**
   * To take the body for the payload of an event.
   *
   * @param beside what its sender knows besides
   * @param untilApplied whether the answer is to wait until the event has been applied
   */
  record Report(AgentEventLine beside, boolean untilApplied) implements Request {}

  /** Something that there is not. The text says what was seen and what was expected. */
  record Wrong(HttpResponseStatus status, ErrorCode code, String text) implements Request {}

  /** Reads a head: {@code POST /v1/agents/codex/events?event=stop}. */
  static Request of(HttpRequest head) {
    var uri = new QueryStringDecoder(head.uri());
    var path = EventsPath.PATTERN.matcher(uri.path());
    if (!path.matches()) {
      return new Wrong(
          HttpResponseStatus.NOT_FOUND,
          ErrorCode.UNKNOWN_TYPE,
          "no such path: " + shortened(uri.path()) + "; expected /v1/agents/{harness}/events");
    }
    if (!head.method().equals(HttpMethod.POST)) {
      return new Wrong(
          HttpResponseStatus.METHOD_NOT_ALLOWED,
          ErrorCode.UNKNOWN_TYPE,
          "the method is " + shortened(head.method().name()) + "; expected POST");
    }
    var facts = new Facts(head, uri.parameters());
    var pid = facts.get("Pid");
    if (pid != null && !pid.matches("\\d{1,10}")) {
      return new Wrong(
          HttpResponseStatus.BAD_REQUEST,
          ErrorCode.MALFORMED,
          "the pid is \"" + shortened(pid) + "\"; expected a number");
    }
    return new Report(
        new AgentEventLine(
            path.group(1),
            pid == null ? null : Long.valueOf(pid),
            facts.get("Pane"),
            facts.get("Event"),
            facts.get("At"),
            facts.get("Id")),
        "applied".equals(facts.get("Ack")));
  }

  private static String shortened(String text) {
    return text.length() <= 64 ? text : text.substring(0, text.offsetByCodePoints(0, 32)) + "...";
  }

  /** Where events go, with the harness in it. */
  final class EventsPath {
    private static final Pattern PATTERN = Pattern.compile("/v1/agents/([^/]{1,64})/events");

    private EventsPath() {}
  }

  /** Facts as headers, {@code Atm-Pid: 4711}, else as parameters, {@code ?pid=4711}. */
  record Facts(HttpRequest head, Map<String, List<String>> parameters) {
    @Nullable String get(String name) {
      var header = head.headers().get("Atm-" + name);
      var value = header == null ? parameter(name) : header;
      return value == null || value.isEmpty() ? null : value;
    }

    private @Nullable String parameter(String name) {
      var values = parameters.get(name.toLowerCase(Locale.ROOT));
      return values == null ? null : values.getFirst();
    }
  }
}
