package dev.atmd.server.net;

import dev.atmd.server.broadcast.OutboxBudget;
import java.time.Duration;

/**
 * What one connection may take.
 *
 * @param frameBytes greatest length of a line, its end included
 * @param badLines bad lines in a row that end the connection
 * @param requests requests that may be unanswered before reading pauses
 * @param outbox what may wait for subscribers that do not read
 * @param handshake how long a client may take to say hello
 * @param stalledFrame how long an unfinished line may stand still
 * @param stalledSubscriber how long a peer may read nothing although something waits for it
 */
public record ConnectionLimits(
    int frameBytes,
    int badLines,
    int requests,
    OutboxBudget.Limits outbox,
    Duration handshake,
    Duration stalledFrame,
    Duration stalledSubscriber) {}
