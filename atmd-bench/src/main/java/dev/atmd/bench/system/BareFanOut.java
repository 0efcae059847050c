package dev.atmd.bench.system;

import dev.atmd.bench.load.Wire;
import dev.atmd.bench.raw.BareServer;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Arrays;

/** A Netty server that only writes: what the socket allows. */
public final class BareFanOut implements PubSub {
  private final Child child;
  private final SocketAddress address;
  private final byte[] message;

  private BareFanOut(Child child, SocketAddress address, byte[] message) {
    this.child = child;
    this.address = address;
    this.message = message;
  }

  public static BareFanOut start(byte[] payload) throws IOException {
    var directory = Child.directory();
    var socket = directory.resolve("fanout.sock");
    var address = UnixDomainSocketAddress.of(socket);
    var child = Child.startJava(directory, address, BareServer.class, "fanout", socket.toString());
    var message = Arrays.copyOf(payload, payload.length + 1);
    message[payload.length] = '\n';
    return new BareFanOut(child, address, message);
  }

  @Override
  public ServerProcess process() {
    return child.process();
  }

  @Override
  public Topic topic(int sessions) {
    return new FramedTopic(() -> Wire.connect(address), this::subscriber, message, message.length);
  }

  private Wire subscriber() throws IOException {
    var wire = Wire.connect(address);
    wire.write(BareServer.SUBSCRIBE + "\n");
    var _ = wire.readLine();
    return wire;
  }

  @Override
  public void close() throws IOException {
    child.close();
  }
}
