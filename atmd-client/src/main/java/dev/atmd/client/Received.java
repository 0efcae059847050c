package dev.atmd.client;

import dev.atmd.protocol.message.DaemonMessage;

/**
 * A message of the daemon, with the line it came as: that also holds what a newer daemon adds.
 *
 * @param json the line without its end
 */
public record Received<M extends DaemonMessage>(M message, String json) {}
