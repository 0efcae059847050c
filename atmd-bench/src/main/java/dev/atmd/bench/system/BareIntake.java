package dev.atmd.bench.system;

import dev.atmd.bench.load.StatusLines;
import dev.atmd.bench.load.Wire;
import dev.atmd.bench.raw.BareServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

/** A Netty server that parses each line and forgets it. */
public final class BareIntake implements Intake, Closeable {
  private final Child child;
  private final SocketAddress address;

  private BareIntake(Child child, SocketAddress address) {
    this.child = child;
    this.address = address;
  }

  public static BareIntake start() throws IOException {
    var directory = Child.directory();
    var socket = directory.resolve("ingest.sock");
    var address = UnixDomainSocketAddress.of(socket);
    var child = Child.startJava(directory, address, BareServer.class, "ingest", socket.toString());
    return new BareIntake(child, address);
  }

  @Override
  public ServerProcess process() {
    return child.process();
  }

  @Override
  public Wire connect() throws IOException {
    return Wire.connect(address);
  }

  @Override
  public String question() {
    return BareServer.COUNT + "\n";
  }

  @Override
  public long missing(String answer, StatusLines lines, int session, int last, int sent) {
    return sent - Long.parseLong(answer.strip());
  }

  @Override
  public void close() throws IOException {
    child.close();
  }
}
