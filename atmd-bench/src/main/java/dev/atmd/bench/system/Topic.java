package dev.atmd.bench.system;

import dev.atmd.bench.load.Reader;
import dev.atmd.bench.load.UpdateListener;
import dev.atmd.bench.load.Wire;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What one measurement publishes, and how it comes back. One thread uses it. */
public interface Topic extends Closeable {
  /** A connection that may publish. */
  Wire publisher() throws IOException;

  /**
   * A connection that gets all that is published from now on.
   *
   * @throws IOException also when the system takes no more subscribers
   */
  Wire subscriber() throws IOException;

  /** How many bytes each publication has. */
  int publicationBytes();

  /** Appends the publication with this number. */
  void put(ByteBuffer out, int number);

  /** Finds the publications in what a subscriber gets. */
  Reader reader(UpdateListener listener);

  /** How many sessions are not in the state of their last update, after so many updates. */
  long wrongStates(int published) throws IOException;
}
