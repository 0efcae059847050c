package dev.atmd.protocol.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.atmd.core.session.Harness;
import dev.atmd.core.session.SessionFilter;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.Status;
import dev.atmd.protocol.adapter.Adapters;
import dev.atmd.protocol.adapter.Adapters.Adapter;
import dev.atmd.protocol.adapter.Payload;
import dev.atmd.protocol.message.ClientLine.Receipt;
import dev.atmd.protocol.message.Detail;
import dev.atmd.protocol.message.Position;
import dev.atmd.protocol.message.ProtocolVersion;
import dev.atmd.protocol.message.SubscribeRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of the object on one line. They may stand in any order, so what a field must be is
 * decided only when its message is known. Confined to one call of {@link ClientMessageReader}.
 */
final class MessageFields {
  private static final int MAX_U16 = 0xFFFF;

  /** A subscriber's filter is kept as long as it is subscribed. */
  private static final int MAX_FILTER_WORDS = 1_000;

  /** Longer, and nobody would call it watching. */
  private static final long MAX_INTERVAL_MILLIS = 60_000;

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
    return bounded(field, optionalString(field), PayloadReader.MAX_NAME_CHARS);
  }

  /** A string of at most so many characters; null where anything else stands. */
  @Nullable String stringIfAny(String field, int maxChars) {
    return others.get(field) instanceof String text && text.length() <= maxChars ? text : null;
  }

  /** An unsigned number; null where anything else stands. */
  @Nullable Long u64IfAny(String field) {
    return others.get(field) instanceof Long number ? number : null;
  }

  private static @Nullable String bounded(String field, @Nullable String text, int maxChars) {
    if (text != null && text.length() > maxChars) {
      throw BadLineException.malformed(
          "`" + field + "` must have at most " + maxChars + " characters");
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
    var id = requiredString(field);
    var _ = bounded(field, id, PayloadReader.MAX_NAME_CHARS);
    return SessionId.of(id);
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

  /** What a subscriber wants; protocol 1.0 knows one session id, 1.1 the rest. */
  SubscribeRequest subscription() {
    var millis = optionalU64("interval_ms");
    if (millis != null && (millis < 0 || millis > MAX_INTERVAL_MILLIS)) {
      throw BadLineException.malformed("`interval_ms` must be at most " + MAX_INTERVAL_MILLIS);
    }
    return new SubscribeRequest(
        filter(),
        words("detail", Detail::ofTag).stream().findFirst().orElse(Detail.FULL),
        Duration.ofMillis(millis == null ? 0 : millis),
        since);
  }

  /** What a subscriber wants to hear of: protocol 1.0 knows one session id, 1.1 the rest. */
  private SessionFilter filter() {
    var ids = new LinkedHashSet<SessionId>();
    var one = optionalName("session_id");
    if (one != null) {
      ids.add(SessionId.of(one));
    }
    strings("session_ids").forEach(id -> ids.add(SessionId.of(id)));
    return new SessionFilter(
        ids,
        words("harness", Harness::ofTag),
        words("status", Status::ofTag),
        optionalName("project"));
  }

  private <T> Set<T> words(String field, Function<String, Optional<T>> meaning) {
    var known = new LinkedHashSet<T>();
    for (var word : strings(field)) {
      known.add(
          meaning
              .apply(word)
              .orElseThrow(
                  () -> BadLineException.malformed("unknown " + field + " `" + word + "`")));
    }
    return known;
  }

  private List<String> strings(String field) {
    return switch (others.get(field)) {
      case null -> List.of();
      case String one -> names(field, List.of(one));
      case List<?> many -> names(field, many);
      case Problem(var problem) -> throw BadLineException.malformed(problem);
      default -> throw BadLineException.malformed("`" + field + "` must be a list of strings");
    };
  }

  private static List<String> names(String field, List<?> many) {
    if (many.size() > MAX_FILTER_WORDS) {
      throw BadLineException.malformed(
          "`" + field + "` must have at most " + MAX_FILTER_WORDS + " entries");
    }
    many.forEach(one -> bounded(field, (String) one, PayloadReader.MAX_NAME_CHARS));
    return many.stream().map(String.class::cast).toList();
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

  /** Where a subscriber has got to; what is no such place is as if it were not there. */
  private void readSince() throws IOException {
    refuseSecond("since", since != null);
    if (!in.isObject()) {
      in.skip();
      return;
    }
    String epoch = null;
    Long seq = null;
    var read = new PayloadReader(parser);
    for (var name = read.nextField(); name != null; name = read.nextField()) {
      switch (name) {
        case "epoch" -> epoch = read.string();
        case "seq" -> seq = read.u64();
        default -> read.skip();
      }
    }
    since = epoch == null || seq == null ? null : new Position(epoch, seq);
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
