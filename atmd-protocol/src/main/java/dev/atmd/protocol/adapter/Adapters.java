package dev.atmd.protocol.adapter;

import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LifecycleEvent.UsageMeasured;
import dev.atmd.protocol.json.PayloadReader;
import java.io.IOException;

/** Which reader understands the payloads of which harness. */
public final class Adapters {
  private Adapters() {}

  /** Reads one kind of payload: the current value of the reader, whole. */
  @FunctionalInterface
  public interface Adapter {
    Payload read(PayloadReader in) throws IOException;
  }

  /** What {@code status_update} carries. */
  public static Payload statusLine(PayloadReader in) throws IOException {
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
    return switch (harness) {
      case CLAUDE ->
          isStatusLine(facts, sender)
              ? StatusFacts.read(facts, sender, harness)
              : ClaudeEvents.TABLE.read(facts, sender);
      case CURSOR ->
          isStatusLine(facts, sender)
              ? StatusFacts.read(facts, sender, harness)
              : CursorEvents.TABLE.read(facts, sender);
      case COPILOT ->
          isStatusLine(facts, sender)
              ? StatusFacts.read(facts, sender, harness)
              : CopilotEvents.TABLE.read(facts, sender);
      case QWEN ->
          isStatusLine(facts, sender)
              ? StatusFacts.read(facts, sender, harness)
              : QwenEvents.TABLE.read(facts, sender);
      case ANTIGRAVITY ->
          AntigravityEvents.TABLE.read(
              facts, named(sender, facts.has("agent_state"), AntigravityEvents.STATUS_LINE));
      case AIDER -> AiderEvents.TABLE.read(facts, named(sender, true, "notification"));
      case CODEX -> CodexEvents.TABLE.read(facts, sender);
      case DROID -> DroidEvents.TABLE.read(facts, sender);
      case GEMINI -> GeminiEvents.TABLE.read(facts, sender);
      case PI -> PiEvents.TABLE.read(facts, sender);
      case AMP -> AmpEvents.TABLE.read(facts, sender);
      case OPENCODE -> OpenCodeEvents.TABLE.read(facts, sender);
      case GOOSE -> GooseEvents.TABLE.read(facts, sender);
      case CRUSH -> CrushEvents.TABLE.read(facts, sender);
      case KIRO -> KiroEvents.TABLE.read(facts, sender);
      case UNKNOWN -> new Payload.Invalid("Parse error: unknown harness");
    };
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

  /** A status line names no event. */
  private static boolean isStatusLine(Facts facts, Sender sender) {
    return !facts.has("hook_event_name")
        && (sender.event() == null || StatusFacts.EVENT.equals(sender.event()));
  }

  private static Sender named(Sender sender, boolean applies, String event) {
    return applies && (sender.event() == null || StatusFacts.EVENT.equals(sender.event()))
        ? new Sender(sender.pid(), sender.pane(), event)
        : sender;
  }
}
