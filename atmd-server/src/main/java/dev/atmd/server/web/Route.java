package dev.atmd.server.web;

import dev.atmd.core.session.SessionFilter;
import dev.atmd.core.session.SessionId;
import dev.atmd.protocol.message.Detail;
import dev.atmd.protocol.message.HistoryQuestion;
import dev.atmd.protocol.message.SubscribeRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What a request asks for. */
sealed interface Route {
  /** Ten updates a second are more than anybody can read. */
  Duration PACE = Duration.ofMillis(100);

  /** Whom it is for. */
  enum Right {
    ANYBODY,
    METRICS,
    READER
  }

  default Right right() {
    return switch (this) {
      case Asset _, Login _, Wrong _ -> Right.ANYBODY;
      case Metrics _ -> Right.METRICS;
      case Logout _, Events _, Explain _, AskHistory _, Health _ -> Right.READER;
    };
  }

  /** A part of the page. */
  record Asset(String path) implements Route {}

  /** A browser has a token and wants a cookie. */
  record Login(String body) implements Route {}

  record Logout() implements Route {}

  record Events(SubscribeRequest request) implements Route {}

  record Explain(SessionId session) implements Route {}

  record AskHistory(HistoryQuestion question) implements Route {}

  record Health() implements Route {}

  record Metrics() implements Route {}

  /** Something that there is not. The text says what was seen and what was expected. */
  record Wrong(HttpResponseStatus status, String text) implements Route {}

  /** Reads a request: {@code GET /api/history?session=5b1c}. */
  static Route of(FullHttpRequest request, boolean isRedacted) {
    if (request.decoderResult().isFailure()) {
      return new Wrong(HttpResponseStatus.BAD_REQUEST, "not HTTP/1.1");
    }
    try {
      var uri = new QueryStringDecoder(request.uri());
      var wanted = Parameters.of(uri, request.headers());
      var path = uri.path();
      var method = isChange(path) ? HttpMethod.POST : HttpMethod.GET;
      if (!request.method().equals(method)) {
        return new Wrong(
            HttpResponseStatus.METHOD_NOT_ALLOWED, "the method of this path is " + method);
      }
      return switch (path) {
        case "/api/login" -> login(request);
        case "/api/logout" -> new Logout();
        case "/api/events" ->
            new Events(
                new SubscribeRequest(
                    SessionFilter.ALL,
                    isRedacted ? Detail.REDACTED : Detail.FULL,
                    PACE,
                    wanted.position()));
        case "/api/explain" -> new Explain(wanted.session());
        case "/api/history", "/api/cost", "/api/waits", "/api/moment", "/api/ended" ->
            new AskHistory(wanted.question(path.substring("/api/".length())));
        case "/api/health" -> new Health();
        case "/metrics" -> new Metrics();
        default -> new Asset(path.equals("/") ? "/index.html" : path);
      };
    } catch (IllegalArgumentException e) {
      return new Wrong(HttpResponseStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
    }
  }

  private static boolean isChange(String path) {
    return path.equals("/api/login") || path.equals("/api/logout");
  }

  /** No form of another page can send such a type without asking first. */
  private static Route login(FullHttpRequest request) {
    var type = request.headers().get("Content-Type", "");
    return type.equals("application/json")
        ? new Login(request.content().toString(StandardCharsets.UTF_8))
        : new Wrong(HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE, "expected application/json");
  }
}
