package dev.atmd.core.registry;

import dev.atmd.core.session.Pid;

/** A process that cannot be confused with a later one of the same pid. */
public record ProcessStamp(Pid pid, long startTicks) {}
