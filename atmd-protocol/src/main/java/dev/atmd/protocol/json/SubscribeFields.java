package dev.atmd.protocol.json;

import dev.atmd.core.session.Harness;
import dev.atmd.core.session.SessionFilter;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.Status;
import dev.atmd.protocol.message.Detail;
import dev.atmd.protocol.message.Position;
import dev.atmd.protocol.message.SubscribeRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a {@code subscribe}: which sessions, how much of them, how often, and from where
 * on. Protocol 1.0 knows one session id, 1.1 the rest. What cannot be kept is refused.
 */
final class SubscribeFields {
  /** A subscriber's filter is kept as long as it is subscribed. */
  private static final int MAX_FILTER_WORDS = 1_000;

  /** Longer, and nobody would call it watching. */
  private static final long MAX_INTERVAL_MILLIS = 60_000;

  private SubscribeFields() {}

  /** What the subscriber wants. */
  static SubscribeRequest request(MessageFields fields) {
    return new SubscribeRequest(filter(fields), detail(fields), interval(fields), fields.since());
  }

  /** Where a subscriber has got to; what is no such place is as if it were not there. */
  static @Nullable Position position(PayloadReader in) throws IOException {
    if (!in.isObject()) {
      in.skip();
      return null;
    }
    String epoch = null;
    Long seq = null;
    for (var name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "epoch" -> epoch = in.string();
        case "seq" -> seq = in.u64();
        default -> in.skip();
      }
    }
    return epoch == null || seq == null ? null : new Position(epoch, seq);
  }

  private static SessionFilter filter(MessageFields fields) {
    return new SessionFilter(
        ids(fields),
        words(fields, "harness", Harness::ofTag),
        words(fields, "status", Status::ofTag),
        fields.optionalName("project"));
  }

  private static Set<SessionId> ids(MessageFields fields) {
    var ids = new LinkedHashSet<SessionId>();
    var one = fields.optionalName("session_id");
    if (one != null) {
      ids.add(SessionId.of(one));
    }
    names(fields, "session_ids").forEach(id -> ids.add(SessionId.of(id)));
    return ids;
  }

  private static Detail detail(MessageFields fields) {
    var word = fields.optionalName("detail");
    return word == null ? Detail.FULL : known("detail", word, Detail::ofTag);
  }

  private static Duration interval(MessageFields fields) {
    var millis = fields.optionalU64("interval_ms");
    if (millis == null) {
      return Duration.ZERO;
    }
    if (millis < 0 || millis > MAX_INTERVAL_MILLIS) {
      throw BadLineException.malformed("`interval_ms` must be at most " + MAX_INTERVAL_MILLIS);
    }
    return Duration.ofMillis(millis);
  }

  private static <T> Set<T> words(
      MessageFields fields, String field, Function<String, Optional<T>> meaning) {
    var known = new LinkedHashSet<T>();
    for (var word : names(fields, field)) {
      known.add(known(field, word, meaning));
    }
    return known;
  }

  private static <T> T known(String field, String word, Function<String, Optional<T>> meaning) {
    return meaning
        .apply(word)
        .orElseThrow(() -> BadLineException.malformed("unknown " + field + " `" + word + "`"));
  }

  private static List<String> names(MessageFields fields, String field) {
    var names = fields.strings(field);
    if (names.size() > MAX_FILTER_WORDS) {
      throw BadLineException.malformed(
          "`" + field + "` must have at most " + MAX_FILTER_WORDS + " entries");
    }
    names.forEach(name -> MessageFields.name(field, name));
    return names;
  }
}
