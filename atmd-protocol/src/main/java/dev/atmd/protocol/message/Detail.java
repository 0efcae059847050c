package dev.atmd.protocol.message;

import java.util.Locale;
import java.util.Optional;

/** How much of each session a client is shown; to choose is protocol 1.1. */
public enum Detail {
  /** What protocol 1.0 shows, and no more: less than two thirds of everything. */
  BASIC,

  /** Everything: what protocol 1.0 shows, and more. */
  FULL,

  /** What fits into a status bar. */
  SUMMARY,

  /** For a screen on a wall: everything but prompts, paths, commands and questions. */
  REDACTED;

  /** The level with this name on the wire. */
  public static Optional<Detail> ofTag(String tag) {
    for (var detail : values()) {
      if (detail.tag().equals(tag)) {
        return Optional.of(detail);
      }
    }
    return Optional.empty();
  }

  /** The name on the wire. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
