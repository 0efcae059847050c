package dev.atmd.server.notify;

import java.io.IOException;
import java.io.Serial;

/** A way to tell a person something. Called on one thread, on which it may wait a while. */
interface Channel {
  /** Its word in the configuration. */
  String word();

  /**
   * Tells it.
   *
   * @return what came of it, in a few words
   * @throws IOException if it did not work, but may if it is tried again
   * @throws CannotTell if it cannot work
   */
  String tell(Notice notice) throws IOException, CannotTell, InterruptedException;

  /** It cannot work: why, and what to do. */
  final class CannotTell extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    CannotTell(String why) {
      super(why);
    }
  }
}
