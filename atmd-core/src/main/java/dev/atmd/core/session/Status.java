package dev.atmd.core.session;

import java.util.Optional;

/** What a session does, in the words of the wire and of the screen (atm-behaviour §3). */
public enum Status {
  IDLE("idle", "idle", "-"),
  WORKING("working", "working", ">"),
  ATTENTION_NEEDED("attention_needed", "needs input", "!");

  private final String tag;
  private final String label;
  private final String icon;

  Status(String tag, String label, String icon) {
    this.tag = tag;
    this.label = label;
    this.icon = icon;
  }

  /** The status with this wire tag. */
  public static Optional<Status> ofTag(String tag) {
    for (var status : values()) {
      if (status.tag.equals(tag)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }

  /** Whether it waits for its user. */
  public boolean isBlocked() {
    return this == ATTENTION_NEEDED;
  }

  public String tag() {
    return tag;
  }

  public String label() {
    return label;
  }

  public String icon() {
    return icon;
  }
}
