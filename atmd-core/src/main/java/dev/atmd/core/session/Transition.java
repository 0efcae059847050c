package dev.atmd.core.session;

/** A change of state, and what it was concluded from. */
public record Transition(SessionState state, Evidence evidence) {}
