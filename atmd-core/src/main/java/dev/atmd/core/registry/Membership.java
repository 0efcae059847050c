package dev.atmd.core.registry;

import org.jspecify.annotations.Nullable;

/** What a parent calls a subagent inside its own process. */
public record Membership(String agentId, @Nullable String role) {}
