package dev.atmd.core.session;

import java.time.Instant;

/**
 * Why a session is in its state.
 *
 * @param at when it happened, by the clock of who told it
 * @param signal what was seen, in the words of the harness
 * @param rule what follows from it
 */
public record Evidence(Instant at, String signal, SignalTier tier, Rule rule) {}
