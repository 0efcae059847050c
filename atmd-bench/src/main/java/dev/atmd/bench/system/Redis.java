package dev.atmd.bench.system;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.atmd.bench.load.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;

/** Redis pub/sub over a Unix socket, without persistence and without a limit on what may wait. */
public final class Redis implements PubSub {
  private final Child child;
  private final SocketAddress address;
  private final byte[] payload;

  private Redis(Child child, SocketAddress address, byte[] payload) {
    this.child = child;
    this.address = address;
    this.payload = payload;
  }

  public static boolean isInstalled() {
    return Child.isInstalled("redis-server");
  }

  public static Redis start(byte[] payload) throws IOException {
    var directory = Child.directory();
    var socket = directory.resolve("redis.sock");
    var command =
        List.of(
            "redis-server",
            "--port",
            "0",
            "--unixsocket",
            socket.toString(),
            "--save",
            "",
            "--appendonly",
            "no",
            "--client-output-buffer-limit",
            "pubsub",
            "0",
            "0",
            "0");
    var address = UnixDomainSocketAddress.of(socket);
    return new Redis(Child.start(directory, address, command), address, payload);
  }

  @Override
  public ServerProcess process() {
    return child.process();
  }

  @Override
  public Topic topic(int sessions) {
    var publication = array("PUBLISH".getBytes(US_ASCII), "c".getBytes(US_ASCII), payload);
    var delivered = array("message".getBytes(US_ASCII), "c".getBytes(US_ASCII), payload);
    return new FramedTopic(
        () -> Wire.connect(address), this::subscriber, publication, delivered.length);
  }

  private Wire subscriber() throws IOException {
    var wire = Wire.connect(address);
    wire.write("SUBSCRIBE c\r\n");
    // *3, $9, subscribe, $1, c, :1
    for (var line = wire.readLine(); !line.startsWith(":"); line = wire.readLine()) {
      if (line.startsWith("-")) {
        throw new IOException("Redis refuses: " + line);
      }
    }
    return wire;
  }

  /** An array of strings in RESP: {@code *1\r\n$4\r\nPING\r\n}. */
  private static byte[] array(byte[]... strings) {
    var out = new ByteArrayOutputStream();
    out.writeBytes("*%d\r\n".formatted(strings.length).getBytes(US_ASCII));
    for (var string : strings) {
      out.writeBytes("$%d\r\n".formatted(string.length).getBytes(US_ASCII));
      out.writeBytes(string);
      out.writeBytes("\r\n".getBytes(US_ASCII));
    }
    return out.toByteArray();
  }

  @Override
  public void close() throws IOException {
    child.close();
  }
}
