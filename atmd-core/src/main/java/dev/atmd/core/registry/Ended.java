package dev.atmd.core.registry;

import java.time.Instant;

/** When and why a session went. */
public record Ended(Instant at, RemovalReason reason) {}
