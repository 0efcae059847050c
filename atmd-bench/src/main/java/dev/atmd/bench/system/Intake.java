package dev.atmd.bench.system;

import dev.atmd.bench.load.StatusLines;
import dev.atmd.bench.load.Wire;
import java.io.IOException;

/** Something that takes in status lines, and can be asked what it has made of them. */
public interface Intake {
  ServerProcess process();

  /** A connection that may send status lines. */
  Wire connect() throws IOException;

  /** What asks for the answer, on the same connection, after all lines. */
  String question();

  /**
   * How many of the updates of this session are not in the answer.
   *
   * @param last the number of the last one, of which there were {@code sent}
   */
  long missing(String answer, StatusLines lines, int session, int last, int sent)
      throws IOException;
}
