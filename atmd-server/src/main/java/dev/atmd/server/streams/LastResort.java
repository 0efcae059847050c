package dev.atmd.server.streams;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Ends a connection that failed in a way nobody before it in the pipeline has dealt with. */
final class LastResort extends ChannelInboundHandlerAdapter {
  private final Link link;

  LastResort(Link link) {
    this.link = link;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    link.close(String.valueOf(cause.getMessage()));
  }
}
