package dev.atmd.core.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One running agent, as everybody may see it. Immutable; change returns a new one.
 *
 * @param pid the process that runs it; null where no reporter has said
 * @param place null until a working directory is known
 * @param firstPrompt the first non-empty prompt, cut to the configured length
 * @param version of the harness, as its status line gives it
 * @param limits how much of its plan is used; null where no harness has said
 * @param evidence why it is in its state
 * @param lastActivity when its latest report was applied
 */
public record Session(
    SessionId id,
    @Nullable Pid pid,
    Harness harness,
    AgentType agentType,
    Model model,
    SessionState state,
    Usage usage,
    @Nullable Place place,
    @Nullable TmuxPane pane,
    Links links,
    @Nullable String firstPrompt,
    @Nullable String version,
    @Nullable RateLimits limits,
    Evidence evidence,
    Instant startedAt,
    Instant lastActivity) {

  /** A session of which nothing is known but its name, its process and its harness. */
  public static Session begun(
      SessionId id, @Nullable Pid pid, Harness harness, Evidence evidence, Instant now) {
    return new Session(
        id,
        pid,
        harness,
        AgentType.MAIN,
        Model.UNKNOWN,
        new SessionState.Idle(now),
        Usage.none(Model.DEFAULT_WINDOW),
        null,
        null,
        Links.NONE,
        null,
        null,
        null,
        evidence,
        now,
        now);
  }

  /** A copy to change. */
  public Draft draft() {
    return new Draft(this);
  }

  /** A session being changed. Confined to the method that made it. */
  public static final class Draft {
    private SessionId id;
    private @Nullable Pid pid;
    private final Harness harness;
    private AgentType agentType;
    private Model model;
    private SessionState state;
    private Usage usage;
    private @Nullable Place place;
    private @Nullable TmuxPane pane;
    private Links links;
    private @Nullable String firstPrompt;
    private @Nullable String version;
    private @Nullable RateLimits limits;
    private Evidence evidence;
    private final Instant startedAt;
    private Instant lastActivity;

    private Draft(Session from) {
      id = from.id;
      pid = from.pid;
      harness = from.harness;
      agentType = from.agentType;
      model = from.model;
      state = from.state;
      usage = from.usage;
      place = from.place;
      pane = from.pane;
      links = from.links;
      firstPrompt = from.firstPrompt;
      version = from.version;
      limits = from.limits;
      evidence = from.evidence;
      startedAt = from.startedAt;
      lastActivity = from.lastActivity;
    }

    public Session done() {
      return new Session(
          id,
          pid,
          harness,
          agentType,
          model,
          state,
          usage,
          place,
          pane,
          links,
          firstPrompt,
          version,
          limits,
          evidence,
          startedAt,
          lastActivity);
    }

    public Draft id(SessionId id) {
      this.id = id;
      return this;
    }

    public Draft pid(Pid pid) {
      this.pid = pid;
      return this;
    }

    public Draft agentType(AgentType agentType) {
      this.agentType = agentType;
      return this;
    }

    public Draft model(Model model) {
      this.model = model;
      return this;
    }

    public Draft state(SessionState state) {
      this.state = state;
      return this;
    }

    public Draft usage(Usage usage) {
      this.usage = usage;
      return this;
    }

    public Draft place(@Nullable Place place) {
      this.place = place;
      return this;
    }

    public Draft pane(TmuxPane pane) {
      this.pane = pane;
      return this;
    }

    public Draft links(Links links) {
      this.links = links;
      return this;
    }

    public Draft firstPrompt(@Nullable String firstPrompt) {
      this.firstPrompt = firstPrompt;
      return this;
    }

    public Draft version(String version) {
      this.version = version;
      return this;
    }

    public Draft limits(RateLimits limits) {
      this.limits = limits;
      return this;
    }

    public Draft evidence(Evidence evidence) {
      this.evidence = evidence;
      return this;
    }

    public Draft lastActivity(Instant lastActivity) {
      this.lastActivity = lastActivity;
      return this;
    }
  }
}
