package dev.atmd.bench.raw;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.unix.UnixChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Joins what one turn of the loop has read and writes it to all subscribers. */
final class PassOnHandler extends ChannelInboundHandlerAdapter {
  private static final byte[] SUBSCRIBE = (BareServer.SUBSCRIBE + "\n").getBytes(US_ASCII);

  private final Set<UnixChannel> subscribers;
  private final List<ByteBuf> read = new ArrayList<>();

  PassOnHandler(Set<UnixChannel> subscribers) {
    this.subscribers = subscribers;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    var bytes = (ByteBuf) message;
    if (asksForAll(bytes)) {
      bytes.release();
      subscribers.add((UnixChannel) ctx.channel());
      var _ = ctx.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {'\n'}));
    } else {
      read.add(bytes);
    }
  }

  private static boolean asksForAll(ByteBuf bytes) {
    return bytes.readableBytes() == SUBSCRIBE.length
        && bytes.equals(Unpooled.wrappedBuffer(SUBSCRIBE));
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (read.isEmpty()) {
      return;
    }
    var joined = read.size() == 1 ? read.getFirst() : joined(ctx);
    read.clear();
    for (var subscriber : subscribers) {
      var _ = subscriber.writeAndFlush(joined.retainedDuplicate(), subscriber.voidPromise());
    }
    joined.release();
  }

  private ByteBuf joined(ChannelHandlerContext ctx) {
    var joined = ctx.alloc().directBuffer(read.stream().mapToInt(ByteBuf::readableBytes).sum());
    for (var bytes : read) {
      joined.writeBytes(bytes);
      bytes.release();
    }
    return joined;
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    subscribers.remove((UnixChannel) ctx.channel());
    read.forEach(ByteBuf::release);
    read.clear();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    var _ = ctx.close();
  }
}
