package dev.atmd.protocol.json;

import dev.atmd.core.registry.Delivery;
import dev.atmd.core.registry.LifecycleReport;
import dev.atmd.core.registry.StatusReport;
import dev.atmd.core.session.Pid;
import dev.atmd.core.session.TmuxPane;
import dev.atmd.protocol.adapter.Payload;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** What stands beside the payload of an {@code agent_event}: who sent it, from where and when. */
final class AgentEvents {
  private static final long MAX_U32 = 0xFFFF_FFFFL;
  private static final int MAX_ID_CHARS = 256;
  private static final int MAX_EVENT_CHARS = 256;

  private AgentEvents() {}

  /**
   * Answers {@link Payload.Meaningless} for a payload that names a hook; it is not read further.
   */
  static Payload namesHook(PayloadReader in) throws IOException {
    if (in.isObject()) {
      for (var field = in.nextField(); field != null; field = in.nextField()) {
        if (field.equals("hook_event_name")) {
          return new Payload.Meaningless(field);
        }
        in.skip();
      }
    }
    return new Payload.Invalid("no hook");
  }

  /** The payload with the process and the pane that its sender names. */
  static Payload completed(Payload payload, MessageFields fields) {
    var pid = pid(fields);
    var pane = TmuxPane.ofNullable(fields.optionalString("tmux_pane"));
    return switch (payload) {
      case Payload.Status(var report) ->
          new Payload.Status(
              new StatusReport(
                  report.id(),
                  pid == null ? report.pid() : pid,
                  report.harness(),
                  pane == null ? report.pane() : pane,
                  report.directory(),
                  report.model(),
                  report.version(),
                  report.costs(),
                  report.context()));
      case Payload.Lifecycle(var report) ->
          new Payload.Lifecycle(
              new LifecycleReport(
                  report.id(),
                  pid == null ? report.pid() : pid,
                  report.harness(),
                  pane == null ? report.pane() : pane,
                  report.agentId(),
                  report.event()));
      case Payload.Meaningless _, Payload.Invalid _ -> payload;
    };
  }

  static Delivery delivery(MessageFields fields) {
    return new Delivery(id(fields), time(fields.optionalString("at")), true);
  }

  /** Ids are remembered by the thousand, so each is short. */
  private static @Nullable String id(MessageFields fields) {
    var id = fields.optionalString("id");
    if (id != null && id.length() > MAX_ID_CHARS) {
      throw BadLineException.malformed("`id` must have at most " + MAX_ID_CHARS + " characters");
    }
    return id;
  }

  /** The name of the event, for harnesses whose payloads have none. */
  static @Nullable String event(MessageFields fields) {
    var event = fields.optionalString("event");
    if (event != null && event.length() > MAX_EVENT_CHARS) {
      throw BadLineException.malformed(
          "`event` must have at most " + MAX_EVENT_CHARS + " characters");
    }
    return event;
  }

  private static @Nullable Pid pid(MessageFields fields) {
    var number = fields.optionalU64("pid");
    if (number == null || number == 0) {
      return null;
    }
    if (Long.compareUnsigned(number, MAX_U32) > 0) {
      throw BadLineException.malformed("`pid` must be at most " + MAX_U32);
    }
    return new Pid(number);
  }

  private static @Nullable Instant time(@Nullable String text) {
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException _) {
      throw BadLineException.malformed("`at` must be a time as in RFC 3339");
    }
  }
}
