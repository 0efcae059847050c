package dev.atmd.core.registry;

import dev.atmd.core.session.SessionId;
import java.time.Instant;

/**
 * A session that is over: what is late does not bring it back.
 *
 * @param until when that may be forgotten
 */
public record EndedSession(SessionId id, Ended end, Instant until) {}
