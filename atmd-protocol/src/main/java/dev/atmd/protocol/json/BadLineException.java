package dev.atmd.protocol.json;

import dev.atmd.protocol.message.ErrorCode;
import java.io.Serial;

/** A line that is JSON but no message. Ends at the reader, which answers with what it says. */
final class BadLineException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  BadLineException(ErrorCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  static BadLineException malformed(String message) {
    return new BadLineException(ErrorCode.MALFORMED, message);
  }

  ErrorCode code() {
    return code;
  }
}
