package dev.atmd.protocol.adapter;

import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LifecycleEvent.UsageMeasured;
import dev.atmd.protocol.json.FieldReader;
import dev.atmd.protocol.json.PayloadReader;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which reader understands the payloads of which harness. */
public final class Adapters {
  private static final Map<Harness, EventTable> TABLES =
      Stream.of(
              ClaudeEvents.TABLE,
              CodexEvents.TABLE,
              OpenCodeEvents.TABLE,
              CursorEvents.TABLE,
              CopilotEvents.TABLE,
              AntigravityEvents.TABLE,
              GeminiEvents.TABLE,
              PiEvents.TABLE,
              AmpEvents.TABLE,
              DroidEvents.TABLE,
              QwenEvents.TABLE,
              GooseEvents.TABLE,
              CrushEvents.TABLE,
              KiroEvents.TABLE,
              AiderEvents.TABLE)
          .collect(Collectors.toUnmodifiableMap(EventTable::harness, Function.identity()));

  private Adapters() {}

  /** Reads one kind of payload: the current value of the reader, whole. */
  @FunctionalInterface
  public interface Adapter {
    Payload read(PayloadReader in) throws IOException;
  }

  /** What {@code status_update} carries. */
  public static Payload statusLine(FieldReader in) throws IOException {
    return StatusLine.read(in, Harness.CLAUDE);
  }

  /** What {@code hook_event} carries. */
  public static Payload hookEvent(PayloadReader in) throws IOException {
    return HookEvent.read(in, Harness.CLAUDE);
  }

  /** What {@code pi_event} carries. */
  public static Payload piEvent(PayloadReader in) throws IOException {
    return PiEvent.read(in);
  }

  /**
   * What {@code agent_event} carries.
   *
   * @param told the harness by its sender's word; another one may have run its hook
   */
  public static Payload agentEvent(PayloadReader in, Harness told, Sender sender)
      throws IOException {
    if (!in.isObject()) {
      in.skip();
      return new Payload.Invalid("Parse error: the payload must be an object");
    }
    var facts = Facts.read(in);
    var harness = Detection.of(told, facts);
    var table = TABLES.get(harness);
    if (table == null) {
      return new Payload.Invalid("Parse error: unknown harness");
    }
    if (facts.has("hook_event_name") || !isNameless(sender)) {
      return table.read(facts, sender);
    }
    return switch (harness) {
      case CLAUDE, CURSOR, COPILOT, QWEN -> StatusFacts.read(facts, sender, harness);
      case ANTIGRAVITY ->
          table.read(
              facts,
              facts.has("agent_state") ? named(sender, AntigravityEvents.STATUS_LINE) : sender);
      case AIDER -> table.read(facts, named(sender, AiderEvents.NOTIFICATION));
      default -> table.read(facts, sender);
    };
  }

  /** A status line names no event. */
  private static boolean isNameless(Sender sender) {
    return sender.event() == null || sender.event().equals(StatusFacts.EVENT);
  }

  private static Sender named(Sender sender, String event) {
    return new Sender(sender.pid(), sender.pane(), event);
  }

  /** Whether a pi extension may have sent the whole conversation, which has to be read as such. */
  public static boolean mayHoldConversation(Payload payload) {
    return payload instanceof Payload.Lifecycle(var report, _, _)
        && report.signal().name().equals(PiEvents.CONTEXT);
  }

  /** The report with what its conversation says of tokens and money. */
  public static Payload measured(Payload payload, Payload conversation) {
    return payload instanceof Payload.Lifecycle(var report, var id, var at)
            && conversation instanceof Payload.Lifecycle(var read, _, _)
            && read.event() instanceof UsageMeasured
        ? new Payload.Lifecycle(report.with(read.event()), id, at)
        : payload;
  }
}
