package dev.atmd.server.config;

import java.io.Serial;

/** A value that cannot be. The message is one line that says what was seen and what is wanted. */
public final class ConfigException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  ConfigException(String message) {
    super(message);
  }
}
