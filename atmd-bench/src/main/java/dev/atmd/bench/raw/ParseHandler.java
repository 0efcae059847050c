package dev.atmd.bench.raw;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.IOException;

/** Parses each line with Jackson's streaming parser and takes the fields that a session has. */
final class ParseHandler extends SimpleChannelInboundHandler<ByteBuf> {
  private static final JsonFactory JSON = new JsonFactory();

  private final byte[] line = new byte[64 * 1024];
  private long parsed;

  /** What was read, so that nothing is optimised away. */
  private long taken;

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) throws IOException {
    var length = bytes.readableBytes();
    if (length == BareServer.COUNT.length()) {
      var answer = (parsed + (taken == 0 ? "0" : "") + "\n").getBytes(US_ASCII);
      var _ = ctx.writeAndFlush(Unpooled.wrappedBuffer(answer));
      return;
    }
    bytes.readBytes(line, 0, length);
    try (var parser = JSON.createParser(line, 0, length)) {
      taken += read(parser);
    }
    parsed++;
  }

  /** All values that matter, at whatever depth. */
  private static long read(JsonParser parser) throws IOException {
    var sum = 0L;
    for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
      if (token == JsonToken.FIELD_NAME) {
        sum += field(parser, parser.currentName());
      }
    }
    return sum;
  }

  private static long field(JsonParser parser, String name) throws IOException {
    return switch (name) {
      case "type", "session_id", "cwd", "id", "display_name", "current_dir", "version" -> {
        var _ = parser.nextToken();
        yield parser.getText().length();
      }
      case "total_cost_usd" -> {
        var _ = parser.nextToken();
        yield (long) parser.getDoubleValue();
      }
      case "total_duration_ms",
          "total_api_duration_ms",
          "total_lines_added",
          "total_lines_removed",
          "total_input_tokens",
          "total_output_tokens",
          "context_window_size",
          "input_tokens",
          "output_tokens",
          "cache_creation_input_tokens",
          "cache_read_input_tokens",
          "pid" -> {
        var _ = parser.nextToken();
        yield parser.getLongValue();
      }
      default -> 0;
    };
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    var _ = ctx.close();
  }
}
