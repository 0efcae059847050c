package dev.atmd.server.files;

import java.io.Serial;

/** A daemon cannot start. The message says why, and what to do. */
public final class StartException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  public StartException(String message) {
    super(message);
  }
}
