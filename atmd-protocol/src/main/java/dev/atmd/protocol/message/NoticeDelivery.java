package dev.atmd.protocol.message;

import java.time.Instant;

/**
 * What came of telling a person something.
 *
 * @param kind "needs_input", "done", "failed", "died" or "quota"
 * @param session whom it was about
 * @param title what was said
 * @param channel by which it was told; "none" if it was held back
 * @param worked whether it went as it should
 * @param outcome in a few words
 */
public record NoticeDelivery(
    Instant at,
    String kind,
    String session,
    String title,
    String channel,
    boolean worked,
    String outcome) {}
