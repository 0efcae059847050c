package dev.atmd.client.setup;

import java.io.IOException;
import java.io.Serial;

/** A file that was left alone. The message says why and what to do. */
public final class SetupException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  SetupException(String message) {
    super(message);
  }
}
