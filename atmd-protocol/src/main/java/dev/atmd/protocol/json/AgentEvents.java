package dev.atmd.protocol.json;

import dev.atmd.core.registry.Delivery;
import dev.atmd.core.registry.IdentityRule;
import dev.atmd.core.session.Pid;
import dev.atmd.core.session.TmuxPane;
import dev.atmd.protocol.adapter.Sender;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What stands beside the payload of an {@code agent_event}: who sent it, from where and when. A
 * field that cannot be used is lost, not the event.
 */
final class AgentEvents {
  private static final long MAX_U32 = 0xFFFF_FFFFL;

  /** Ids are remembered by the thousand. */
  private static final int MAX_ID_CHARS = 256;

  /** "2026-11-21T13:00:00.123456789+01:00", with room to spare. */
  private static final int MAX_TIME_CHARS = 64;

  /** Times that can be written as in RFC 3339. */
  private static final int MAX_YEAR = 9_998;

  private AgentEvents() {}

  /** Who sent it, and what the event is called where the payload does not say. */
  static Sender sender(MessageFields fields) {
    return new Sender(
        pid(fields.u64IfAny("pid")),
        TmuxPane.ofNullable(fields.stringIfAny("tmux_pane", PayloadReader.MAX_NAME_CHARS)),
        fields.stringIfAny("event", MAX_ID_CHARS));
  }

  static Delivery delivery(MessageFields fields) {
    return new Delivery(
        id(fields.stringIfAny("id", MAX_ID_CHARS)),
        time(fields.stringIfAny("at", MAX_TIME_CHARS)),
        IdentityRule.BY_NAME);
  }

  private static @Nullable String id(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private static @Nullable Pid pid(@Nullable Long number) {
    return number == null || number == 0 || Long.compareUnsigned(number, MAX_U32) > 0
        ? null
        : new Pid(number);
  }

  private static @Nullable Instant time(@Nullable String text) {
    try {
      if (text == null) {
        return null;
      }
      var time = OffsetDateTime.parse(text);
      return time.getYear() > 0 && time.getYear() <= MAX_YEAR ? time.toInstant() : null;
    } catch (DateTimeException _) {
      return null;
    }
  }
}
