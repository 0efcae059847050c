package dev.atmd.server.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** The answers to requests. Those that say "done" say nothing else: harnesses read what is said. */
final class Answers {
  private Answers() {}

  static FullHttpResponse done() {
    return answer(HttpResponseStatus.NO_CONTENT, "");
  }

  /** What is sent before the body, to those who wait for it. */
  static FullHttpResponse goOn() {
    return answer(HttpResponseStatus.CONTINUE, "");
  }

  /** An error with one line of text. */
  static FullHttpResponse wrong(HttpResponseStatus status, String text) {
    var answer = answer(status, text + "\n");
    answer
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
        .setInt(HttpHeaderNames.CONTENT_LENGTH, answer.content().readableBytes());
    if (status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
      answer.headers().set(HttpHeaderNames.ALLOW, "POST");
    }
    return answer;
  }

  /** As it goes to a client that will not be heard again. */
  static FullHttpResponse last(FullHttpResponse answer) {
    answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    return answer;
  }

  private static FullHttpResponse answer(HttpResponseStatus status, String text) {
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1,
        status,
        Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8)));
  }
}
