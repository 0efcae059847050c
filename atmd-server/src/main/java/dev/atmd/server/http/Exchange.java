package dev.atmd.server.http;

import io.netty.handler.codec.http.FullHttpResponse;
import org.jspecify.annotations.Nullable;

/** A request that has come in whole, and its answer once there is one. On the event loop. */
final class Exchange {
  final boolean keepsAlive;
  @Nullable FullHttpResponse answer;

  Exchange(boolean keepsAlive) {
    this.keepsAlive = keepsAlive;
  }
}
