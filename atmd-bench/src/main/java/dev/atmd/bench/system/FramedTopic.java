package dev.atmd.bench.system;

import dev.atmd.bench.load.FrameReader;
import dev.atmd.bench.load.Reader;
import dev.atmd.bench.load.UpdateListener;
import dev.atmd.bench.load.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One message again and again, as a system wants it written and as it delivers it. */
final class FramedTopic implements Topic {
  private final Connector publish;
  private final Connector subscribe;
  private final byte[] publication;
  private final int frameBytes;

  /**
   * One message, of which each delivery has so many bytes.
   *
   * @param publish how a connection becomes one that may publish
   * @param subscribe how a connection becomes one that listens
   */
  FramedTopic(Connector publish, Connector subscribe, byte[] publication, int frameBytes) {
    this.publish = publish;
    this.subscribe = subscribe;
    this.publication = publication;
    this.frameBytes = frameBytes;
  }

  /** Opens a connection and introduces it. */
  @FunctionalInterface
  interface Connector {
    Wire connect() throws IOException;
  }

  @Override
  public Wire publisher() throws IOException {
    return publish.connect();
  }

  @Override
  public Wire subscriber() throws IOException {
    return subscribe.connect();
  }

  @Override
  public int publicationBytes() {
    return publication.length;
  }

  @Override
  public void put(ByteBuffer out, int number) {
    out.put(publication);
  }

  @Override
  public Reader reader(UpdateListener listener) {
    return new FrameReader(frameBytes, listener);
  }

  @Override
  public long wrongStates(int published) {
    return 0; // It keeps none.
  }

  @Override
  public void close() {
    // Nothing was left in the system.
  }
}
