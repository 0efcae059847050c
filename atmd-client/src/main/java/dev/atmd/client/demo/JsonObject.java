package dev.atmd.client.demo;

/** A JSON object that is written field by field. Not thread-safe. */
final class JsonObject {
  private final StringBuilder text = new StringBuilder("{");

  JsonObject put(String field, String value) {
    name(field);
    quote(value);
    return this;
  }

  JsonObject put(String field, long value) {
    name(field);
    text.append(value);
    return this;
  }

  JsonObject put(String field, boolean value) {
    name(field);
    text.append(value);
    return this;
  }

  /** Dollars, in millionths, as a decimal number. */
  JsonObject putMicros(String field, long micros) {
    name(field);
    text.append(micros / 1_000_000).append('.');
    text.append(Long.toString(1_000_000 + micros % 1_000_000), 1, 7);
    return this;
  }

  JsonObject put(String field, JsonObject value) {
    name(field);
    text.append(value);
    return this;
  }

  /** A list of one element. */
  JsonObject putList(String field, JsonObject element) {
    name(field);
    text.append('[').append(element).append(']');
    return this;
  }

  @Override
  public String toString() {
    return text + "}";
  }

  private void name(String field) {
    if (text.length() > 1) {
      text.append(',');
    }
    quote(field);
    text.append(':');
  }

  private void quote(String value) {
    text.append('"');
    for (var i = 0; i < value.length(); i++) {
      var c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ') {
        text.append(String.format("\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }
}
