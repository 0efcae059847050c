package dev.atmd.core.registry;

import java.time.Duration;

/**
 * How much a registry holds, and for how long.
 *
 * @param sessions sessions at the same time
 * @param promptChars characters of a first prompt that are kept
 * @param textsBytes what the texts of all sessions together may take
 * @param silence how long a session without a watchable process may say nothing before it goes
 * @param evictable how long such a session must have been silent to make room for a new one
 * @param rememberedEvents event ids that are remembered to recognise a repetition
 * @param resumableEvents events that are kept for subscribers who come back
 * @param journalBytes what the history may take that nobody has written down yet, and as much again
 *     the names of what has gone and of applied events; 0 keeps no journal
 */
public record RegistryLimits(
    int sessions,
    int promptChars,
    long textsBytes,
    Duration silence,
    Duration evictable,
    int rememberedEvents,
    int resumableEvents,
    int journalBytes) {
  public static final RegistryLimits DEFAULT =
      new RegistryLimits(
          100_000,
          16_384,
          32L * 1_024 * 1_024,
          Duration.ofHours(12),
          Duration.ofMinutes(10),
          65_536,
          1_024,
          8 * 1_024 * 1_024);
}
