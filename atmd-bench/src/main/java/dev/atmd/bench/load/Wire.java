package dev.atmd.bench.load;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A connection that blocks until it is handed to a {@link Drain}. One thread uses it. */
public final class Wire implements Closeable {
  private static final int READ_BYTES = 8 * 1024;

  private final SocketChannel channel;
  private final ByteBuffer in = ByteBuffer.allocate(READ_BYTES).flip();

  private Wire(SocketChannel channel) {
    this.channel = channel;
  }

  /** Connects over whatever the address is of: a Unix socket, or TCP. */
  public static Wire connect(SocketAddress address) throws IOException {
    var channel =
        address instanceof UnixDomainSocketAddress
            ? SocketChannel.open(StandardProtocolFamily.UNIX)
            : SocketChannel.open();
    try {
      if (address instanceof InetSocketAddress) {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      }
      channel.connect(address);
      return new Wire(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  public void write(String text) throws IOException {
    write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  public void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** The next line, without its end. */
  public String readLine() throws IOException {
    var line = new ByteArrayOutputStream();
    while (true) {
      while (in.hasRemaining()) {
        var b = in.get();
        if (b == '\n') {
          return line.toString(StandardCharsets.UTF_8);
        }
        line.write(b);
      }
      fill();
    }
  }

  /** What comes next, when nothing has been read beyond what was asked for. */
  public InputStream rest() {
    if (in.hasRemaining()) {
      throw new IllegalStateException("has read ahead " + in.remaining() + " bytes");
    }
    return Channels.newInputStream(channel);
  }

  /** From now on nothing blocks. */
  public SocketChannel nonBlocking() throws IOException {
    channel.configureBlocking(false);
    return channel;
  }

  /** Says that nothing more will come, and reads until the server has ended as well. */
  public void end() throws IOException {
    var _ = channel.shutdownOutput();
    while (channel.read(in.clear()) >= 0) {
      // It says hello.
    }
  }

  private void fill() throws IOException {
    in.clear();
    var read = channel.read(in);
    in.flip();
    if (read < 0) {
      throw new EOFException("the server has closed the connection");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
