package dev.atmd.client.setup;

import java.io.IOException;
import java.io.Serial;

/** A text that is not JSON. The message names the line and the column. */
final class JsonSyntaxException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private JsonSyntaxException(String message) {
    super(message);
  }

  static JsonSyntaxException at(String text, int offset, String what) {
    var line = 1;
    var lineStart = 0;
    for (var at = 0; at < offset && at < text.length(); at++) {
      if (text.charAt(at) == '\n') {
        line++;
        lineStart = at + 1;
      }
    }
    return new JsonSyntaxException(
        "line " + line + ", column " + (offset - lineStart + 1) + ": " + what);
  }
}
