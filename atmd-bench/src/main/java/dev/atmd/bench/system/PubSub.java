package dev.atmd.bench.system;

import java.io.Closeable;
import java.io.IOException;

/** A running system that passes what is published on to all who listen. */
public interface PubSub extends Closeable {
  ServerProcess process();

  /** Something to publish under for one measurement, with so many sessions in it. */
  Topic topic(int sessions) throws IOException;
}
