package dev.atmd.core.registry;

import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LifecycleEvent;
import dev.atmd.core.session.Pid;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.TmuxPane;
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
    LifecycleEvent event) {}
