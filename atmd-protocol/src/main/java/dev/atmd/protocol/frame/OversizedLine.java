package dev.atmd.protocol.frame;

/** A line that was longer than allowed and has been skipped; the next line follows whole. */
public record OversizedLine(int maxBytes) {}
