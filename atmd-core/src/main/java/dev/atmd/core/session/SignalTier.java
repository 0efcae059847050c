package dev.atmd.core.session;

/** What kind of thing a state was concluded from, the most reliable kind first. */
public enum SignalTier {
  /** A hook or an extension of the harness said it. */
  EVENT("event"),
  /** A status line showed it. */
  STATUS_LINE("status_line"),
  /** The process was seen. */
  PROCESS("process"),
  /** Nothing was heard. */
  ABSENCE("absence");

  private final String tag;

  SignalTier(String tag) {
    this.tag = tag;
  }

  /** The word on the wire. */
  public String tag() {
    return tag;
  }
}
