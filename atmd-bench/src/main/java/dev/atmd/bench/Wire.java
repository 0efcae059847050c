package dev.atmd.bench;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A blocking connection that has shaken hands. One thread writes and one reads. */
final class Wire implements Closeable {
  private static final String VERSION = "{\"protocol_version\":{\"major\":1,\"minor\":0},";
  private static final int READ_BYTES = 256 * 1024;

  private final SocketChannel channel;
  private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BYTES).flip();

  private Wire(SocketChannel channel) {
    this.channel = channel;
  }

  static Wire connect(Path socket) throws IOException {
    var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(socket));
    var wire = new Wire(channel);
    wire.write(message("\"type\":\"connect\""));
    var greeting = wire.readLine();
    if (!greeting.startsWith("{\"type\":\"connected\"")) {
      throw new IOException("the daemon does not greet: " + greeting);
    }
    return wire;
  }

  /** A line that holds these fields. */
  static byte[] message(String fields) {
    return (VERSION + fields + "}\n").getBytes(StandardCharsets.UTF_8);
  }

  void write(byte[] bytes) throws IOException {
    write(ByteBuffer.wrap(bytes));
  }

  void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** The next line, without its end. */
  String readLine() throws IOException {
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

  /** Reads what is there, at least one line end; answers how many. */
  int countLines() throws IOException {
    var lines = 0;
    while (lines == 0) {
      if (!in.hasRemaining()) {
        fill();
      }
      while (in.hasRemaining()) {
        if (in.get() == '\n') {
          lines++;
        }
      }
    }
    return lines;
  }

  private void fill() throws IOException {
    in.clear();
    var read = channel.read(in);
    in.flip();
    if (read < 0) {
      throw new EOFException("the daemon has closed the connection");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
