package dev.atmd.bench.system;

import dev.atmd.bench.load.Messages;
import dev.atmd.bench.load.Wire;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/** Any daemon that speaks protocol 1.0. */
public final class AtmDaemon implements PubSub {
  private final Path socket;
  private final ServerProcess process;

  /**
   * @param process whose time and memory are counted
   */
  public AtmDaemon(Path socket, ServerProcess process) {
    this.socket = socket;
    this.process = process;
  }

  public Path socket() {
    return socket;
  }

  @Override
  public ServerProcess process() {
    return process;
  }

  @Override
  public SessionTopic topic(int sessions) {
    return new SessionTopic(this, sessions);
  }

  /** A connection that has shaken hands. */
  public Wire connect() throws IOException {
    return connect(socket);
  }

  /** A connection to whatever listens there, that has shaken hands. */
  public static Wire connect(Path socket) throws IOException {
    var wire = Wire.connect(UnixDomainSocketAddress.of(socket));
    wire.write(Messages.HELLO);
    expect(wire, "{\"type\":\"connected\"");
    return wire;
  }

  /** A connection that has been given the list and hears of all that follows. */
  public Wire subscriber() throws IOException {
    var wire = connect();
    wire.write(Messages.SUBSCRIBE);
    expect(wire, "{\"type\":\"session_list\"");
    return wire;
  }

  private static void expect(Wire wire, String beginning) throws IOException {
    var answer = wire.readLine();
    if (!answer.startsWith(beginning)) {
      wire.close();
      throw new IOException("expected %s… but got %s".formatted(beginning, answer));
    }
  }

  @Override
  public void close() {
    // It was there before, and stays.
  }
}
