package dev.atmd.protocol.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.atmd.core.session.SessionId;
import dev.atmd.protocol.adapter.Adapters;
import dev.atmd.protocol.adapter.Adapters.Adapter;
import dev.atmd.protocol.adapter.Payload;
import dev.atmd.protocol.message.ClientLine.Receipt;
import dev.atmd.protocol.message.Position;
import dev.atmd.protocol.message.ProtocolVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of the object on one line. They may stand in any order, so what a field must be is
 * decided only when its message is known. Confined to one call of {@link ClientMessageReader}.
 */
final class MessageFields {
  private static final int MAX_U16 = 0xFFFF;

  /** It is sent back, so it is not worth refusing. */
  private static final int MAX_RECEIPT_CHARS = 4_096;

  private final JsonParser parser;
  private final PayloadReader in;
  private @Nullable String type;
  private @Nullable ProtocolVersion version;
  private @Nullable Payload payload;
  private boolean hasData;
  private boolean wantsReceipt;
  private @Nullable Position since;

  /** What else was given: a String, a Long (unsigned), a List of strings, or a {@link Problem}. */
  private Map<String, Object> others = Map.of();

  MessageFields(JsonParser parser) {
    this.parser = parser;
    this.in = new PayloadReader(parser);
  }

  /** A value of a type that no message wants in that field. */
  private record Problem(String text) {}

  void readAll() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw BadLineException.malformed("a message is one JSON object on one line");
    }
    for (var name = in.nextField(); name != null; name = in.nextField()) {
      read(name);
    }
    if (parser.nextToken() != null) {
      throw BadLineException.malformed("trailing characters");
    }
    if (version == null) {
      throw BadLineException.malformed("missing field `protocol_version`");
    }
    if (type == null) {
      throw BadLineException.malformed("missing field `type`");
    }
  }

  ProtocolVersion version() {
    return version == null ? ProtocolVersion.BASE : version;
  }

  String type() {
    return type == null ? "" : type;
  }

  /** The payload of a 1.0 report; null if it has to be read in a second pass. */
  @Nullable Payload payload() {
    requireData();
    return payload;
  }

  void requireData() {
    if (!hasData) {
      throw BadLineException.malformed("missing field `data`");
    }
  }

  @Nullable String optionalString(String field) {
    return switch (others.get(field)) {
      case null -> null;
      case String text -> text;
      case Problem(var problem) -> throw BadLineException.malformed(problem);
      default -> throw BadLineException.malformed("`" + field + "` must be a string");
    };
  }

  /** A string that is kept. */
  @Nullable String optionalName(String field) {
    var name = optionalString(field);
    return name == null ? null : name(field, name);
  }

  /** A string of at most so many characters; null where anything else stands. */
  @Nullable String stringIfAny(String field, int maxChars) {
    return others.get(field) instanceof String text && text.length() <= maxChars ? text : null;
  }

  /** An unsigned number; null where anything else stands. */
  @Nullable Long u64IfAny(String field) {
    return others.get(field) instanceof Long number ? number : null;
  }

  /** The same string, if it is none too long to keep. */
  static String name(String field, String text) {
    if (text.length() > PayloadReader.MAX_NAME_CHARS) {
      throw BadLineException.malformed(
          "`" + field + "` must have at most " + PayloadReader.MAX_NAME_CHARS + " characters");
    }
    return text;
  }

  String requiredString(String field) {
    var text = optionalString(field);
    if (text == null) {
      throw BadLineException.malformed("missing field `" + field + "`");
    }
    return text;
  }

  SessionId requiredId(String field) {
    return SessionId.of(name(field, requiredString(field)));
  }

  @Nullable Long optionalU64(String field) {
    return switch (others.get(field)) {
      case null -> null;
      case Long number -> number;
      case Problem(var problem) -> throw BadLineException.malformed(problem);
      default -> throw BadLineException.malformed("`" + field + "` must be an unsigned integer");
    };
  }

  long requiredU64(String field) {
    var number = optionalU64(field);
    if (number == null) {
      throw BadLineException.malformed("missing field `" + field + "`");
    }
    return number;
  }

  /** What the sender of a report wants to hear; null if nothing. */
  @Nullable Receipt receipt() {
    return wantsReceipt ? new Receipt(stringIfAny("id", MAX_RECEIPT_CHARS)) : null;
  }

  /** The place in the stream that was named; null if none was. */
  @Nullable Position since() {
    return since;
  }

  /**
   * The strings of a list, or the one that stands for a list of its own; empty if none is given.
   */
  List<String> strings(String field) {
    return switch (others.get(field)) {
      case null -> List.of();
      case String one -> List.of(one);
      case List<?> many -> many.stream().map(String.class::cast).toList();
      case Problem(var problem) -> throw BadLineException.malformed(problem);
      default -> throw BadLineException.malformed("`" + field + "` must be a list of strings");
    };
  }

  private void read(String name) throws IOException {
    switch (name) {
      case "type" -> readType();
      case "protocol_version" -> readVersion();
      case "data" -> readData();
      case "since" -> readSince();
      case "ack" -> readAck();
      case "client_id",
          "session_id",
          "session_ids",
          "seq",
          "harness",
          "status",
          "project",
          "pid",
          "tmux_pane",
          "at",
          "id",
          "event",
          "detail",
          "interval_ms" ->
          keep(name, value());
      default -> in.skip();
    }
  }

  private void readType() throws IOException {
    refuseSecond("type", type != null);
    if (!in.isString()) {
      throw BadLineException.malformed("`type` must be a string");
    }
    type = in.string();
  }

  private void readVersion() throws IOException {
    refuseSecond("protocol_version", version != null);
    if (!in.isObject()) {
      throw BadLineException.malformed("`protocol_version` must be an object");
    }
    Integer major = null;
    Integer minor = null;
    for (var name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "major" -> {
          refuseSecond(name, major != null);
          major = u16();
        }
        case "minor" -> {
          refuseSecond(name, minor != null);
          minor = u16();
        }
        default -> in.skip();
      }
    }
    if (major == null || minor == null) {
      throw BadLineException.malformed("`protocol_version` needs `major` and `minor`");
    }
    version = new ProtocolVersion(major, minor);
  }

  private void readSince() throws IOException {
    refuseSecond("since", since != null);
    since = SubscribeFields.position(new PayloadReader(parser));
  }

  private void readAck() throws IOException {
    wantsReceipt = in.isTrue();
    in.skip();
  }

  private int u16() throws IOException {
    var number = in.u64();
    if (number == null || number < 0 || number > MAX_U16) {
      throw BadLineException.malformed("a version is a number from 0 to " + MAX_U16);
    }
    return number.intValue();
  }

  private void readData() throws IOException {
    refuseSecond("data", hasData);
    hasData = true;
    var adapter = type == null ? null : adapterFor(type);
    if (adapter == null) {
      in.skip();
    } else {
      payload = adapter.read(new PayloadReader(parser));
    }
  }

  /** The reader for the payload of a 1.0 report. */
  static Adapter adapterOf(String type) {
    var adapter = adapterFor(type);
    if (adapter == null) {
      throw new IllegalArgumentException("not a report: " + type);
    }
    return adapter;
  }

  private static @Nullable Adapter adapterFor(String type) {
    return switch (type) {
      case "status_update" -> Adapters::statusLine;
      case "hook_event" -> Adapters::hookEvent;
      case "pi_event" -> Adapters::piEvent;
      default -> null;
    };
  }

  private void keep(String name, @Nullable Object value) {
    if (others.isEmpty()) {
      others = new HashMap<>();
    }
    refuseSecond(name, others.containsKey(name));
    others.put(name, value);
  }

  private @Nullable Object value() throws IOException {
    if (in.isNull()) {
      return null;
    }
    if (in.isArray()) {
      return list();
    }
    var read = new PayloadReader(parser);
    var isNumber = parser.currentToken().isNumeric();
    Object value = isNumber ? read.u64() : read.string();
    return read.problem() == null ? value : new Problem(read.problem());
  }

  private Object list() throws IOException {
    var read = new PayloadReader(parser);
    var list = new ArrayList<String>();
    while (read.nextElement()) {
      var text = read.string();
      if (text != null) {
        list.add(text);
      }
    }
    return read.problem() == null ? list : new Problem(read.problem());
  }

  private static void refuseSecond(String name, boolean isThere) {
    if (isThere) {
      throw BadLineException.malformed("duplicate field `" + name + "`");
    }
  }
}
