package dev.atmd.protocol.message;

/**
 * A place in the stream of events.
 *
 * @param epoch names the run of the daemon
 * @param seq number of an event of that run; zero before the first
 */
public record Position(String epoch, long seq) {}
