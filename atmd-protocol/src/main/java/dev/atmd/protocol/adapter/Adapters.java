package dev.atmd.protocol.adapter;

import dev.atmd.core.session.Harness;
import dev.atmd.protocol.json.PayloadReader;
import java.io.IOException;
import java.util.Optional;

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
   * What {@code agent_event} carries for this harness; empty where we cannot read it yet.
   *
   * @param isHook whether the payload names a hook, so that it is no status line
   */
  public static Optional<Adapter> of(Harness harness, boolean isHook) {
    return switch (harness) {
      case CLAUDE -> Optional.of(isHook ? Adapters::hookEvent : Adapters::statusLine);
      case CODEX, QWEN, DROID -> Optional.of(in -> HookEvent.read(in, harness));
      case PI -> Optional.of(Adapters::piEvent);
      case AMP,
          GEMINI,
          OPENCODE,
          CURSOR,
          COPILOT,
          ANTIGRAVITY,
          GOOSE,
          CRUSH,
          KIRO,
          AIDER,
          UNKNOWN ->
          Optional.empty();
    };
  }
}
