package dev.atmd.core.registry;

import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LifecycleEvent;
import dev.atmd.core.session.Pid;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.SignalTier;
import dev.atmd.core.session.TmuxPane;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a session.
 *
 * @param agentId the subagent that it happened to; null for the main agent
 */
public record LifecycleReport(
    SessionId id,
    @Nullable Pid pid,
    Harness harness,
    @Nullable TmuxPane pane,
    @Nullable String agentId,
    LifecycleEvent event,
    Signal signal,
    Details details) {

  /** A report that says nothing beside the event. */
  public LifecycleReport(
      SessionId id,
      @Nullable Pid pid,
      Harness harness,
      @Nullable TmuxPane pane,
      @Nullable String agentId,
      LifecycleEvent event) {
    this(
        id,
        pid,
        harness,
        pane,
        agentId,
        event,
        new Signal(event.getClass().getSimpleName(), SignalTier.EVENT),
        Details.NONE);
  }

  /** The same report of another event. */
  public LifecycleReport with(LifecycleEvent other) {
    return new LifecycleReport(id, pid, harness, pane, agentId, other, signal, details);
  }

  /** The same report of another session. */
  public LifecycleReport of(SessionId other) {
    return new LifecycleReport(other, pid, harness, pane, agentId, event, signal, details);
  }

  /**
   * What was seen.
   *
   * @param name in the words of the harness
   */
  public record Signal(String name, SignalTier tier) {}

  /**
   * What the report says beside the event.
   *
   * @param role of the subagent that it happened to
   * @param parent the session that started this one
   * @param formerId what this session was called until now
   * @param numbers what a status line would say; its identity is that of the report
   * @param strangeFields fields of the payload that no harness is known to have
   */
  public record Details(
      @Nullable String role,
      @Nullable SessionId parent,
      @Nullable SessionId formerId,
      @Nullable StatusReport numbers,
      List<String> strangeFields) {
    public static final Details NONE = new Details(null, null, null, null, List.of());

    public Details {
      strangeFields = List.copyOf(strangeFields);
    }
  }
}
