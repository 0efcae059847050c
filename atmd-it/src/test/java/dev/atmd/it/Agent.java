package dev.atmd.it;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A process that lives until it is closed, and does nothing. */
record Agent(Process process) implements AutoCloseable {
  static Agent start() {
    try {
      return new Agent(new ProcessBuilder("cat").start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** It is dead when this returns, so that nobody finds it alive. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
