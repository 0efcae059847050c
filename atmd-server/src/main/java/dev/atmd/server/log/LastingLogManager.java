package dev.atmd.server.log;

import java.util.logging.LogManager;

/**
 * The JDK's log manager, but it does not close the log when the process is told to end: much is
 * said after that. {@link Logs#stop} closes it. Made by the JDK, by its name.
 */
public final class LastingLogManager extends LogManager {
  public LastingLogManager() {}

  @Override
  public void reset() {
    // Called by the JDK at the end of the process, and by nobody else here.
  }
}
