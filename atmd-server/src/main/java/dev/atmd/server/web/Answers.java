package dev.atmd.server.web;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** What goes back to a browser, always with what it may do with it. */
final class Answers {
  /** Nothing but our own files runs, nothing goes anywhere else, and nobody frames it. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'; require-trusted-types-for 'script'";

  private Answers() {}

  static FullHttpResponse file(Assets.File file) {
    return answer(HttpResponseStatus.OK, file.type(), file.bytes());
  }

  static FullHttpResponse json(HttpResponseStatus status, byte[] json) {
    return answer(status, "application/json", json);
  }

  static FullHttpResponse metrics(String text) {
    return answer(
        HttpResponseStatus.OK,
        "text/plain; version=0.0.4; charset=utf-8",
        text.getBytes(StandardCharsets.UTF_8));
  }

  /** An error with one line of text. */
  static FullHttpResponse wrong(HttpResponseStatus status, String text) {
    return answer(
        status, "text/plain; charset=utf-8", (text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Done, with a cookie that comes or goes. */
  static FullHttpResponse cookie(String cookie) {
    var answer = answer(HttpResponseStatus.NO_CONTENT, "", new byte[0]);
    answer
        .headers()
        .remove(HttpHeaderNames.CONTENT_TYPE)
        .remove(HttpHeaderNames.CONTENT_LENGTH)
        .set(HttpHeaderNames.SET_COOKIE, cookie);
    return answer;
  }

  /** The head of a stream, which ends with its connection. */
  static HttpResponse stream() {
    var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    secured(head.headers())
        .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream")
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    return head;
  }

  private static FullHttpResponse answer(HttpResponseStatus status, String type, byte[] bytes) {
    var answer =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(bytes));
    secured(answer.headers())
        .set(HttpHeaderNames.CONTENT_TYPE, type)
        .setInt(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
    return answer;
  }

  private static HttpHeaders secured(HttpHeaders headers) {
    return headers
        .set("Content-Security-Policy", POLICY)
        .set("X-Content-Type-Options", "nosniff")
        .set("Referrer-Policy", "no-referrer")
        .set("Cross-Origin-Resource-Policy", "same-origin")
        .set("Cross-Origin-Opener-Policy", "same-origin")
        .set("X-Frame-Options", "DENY")
        .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
  }
}
