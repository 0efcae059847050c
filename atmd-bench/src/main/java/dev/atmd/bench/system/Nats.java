package dev.atmd.bench.system;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.atmd.bench.load.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.util.List;

/** nats-server over TCP on the loopback interface: it has no Unix socket. */
public final class Nats implements PubSub {
  private final Child child;
  private final SocketAddress address;
  private final byte[] payload;

  private Nats(Child child, SocketAddress address, byte[] payload) {
    this.child = child;
    this.address = address;
    this.payload = payload;
  }

  public static boolean isInstalled() {
    return Child.isInstalled("nats-server");
  }

  public static Nats start(byte[] payload) throws IOException {
    var directory = Child.directory();
    var port = freePort();
    // A PING in the middle would be counted as part of a message.
    var config = Files.writeString(directory.resolve("nats.conf"), "ping_interval: \"1h\"\n");
    var command =
        List.of(
            "nats-server",
            "-c",
            config.toString(),
            "-a",
            "127.0.0.1",
            "-p",
            Integer.toString(port));
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    return new Nats(Child.start(directory, address, command), address, payload);
  }

  @Override
  public ServerProcess process() {
    return child.process();
  }

  @Override
  public Topic topic(int sessions) {
    var frame = message("MSG c 1 " + payload.length);
    return new FramedTopic(
        this::connect, this::subscriber, message("PUB c " + payload.length), frame.length);
  }

  private Wire connect() throws IOException {
    var wire = Wire.connect(address);
    var info = wire.readLine();
    if (!info.startsWith("INFO ")) {
      throw new IOException("expected INFO but got " + info);
    }
    wire.write("CONNECT {\"verbose\":false,\"pedantic\":false}\r\n");
    synchronize(wire);
    return wire;
  }

  private Wire subscriber() throws IOException {
    var wire = connect();
    wire.write("SUB c 1\r\n");
    synchronize(wire);
    return wire;
  }

  /** Waits until all before has been done. */
  private static void synchronize(Wire wire) throws IOException {
    wire.write("PING\r\n");
    for (var line = wire.readLine(); !line.startsWith("PONG"); line = wire.readLine()) {
      if (line.startsWith("-ERR")) {
        throw new IOException("NATS refuses: " + line);
      }
    }
  }

  private byte[] message(String head) {
    var out = new ByteArrayOutputStream();
    out.writeBytes((head + "\r\n").getBytes(US_ASCII));
    out.writeBytes(payload);
    out.writeBytes("\r\n".getBytes(US_ASCII));
    return out.toByteArray();
  }

  private static int freePort() throws IOException {
    try (var any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    child.close();
  }
}
