package dev.atmd.core.session;

/** Why a session waits for its user. */
public enum AttentionReason {
  PERMISSION("permission"),
  QUESTION("question"),
  PLAN("plan"),
  FORM("form"),
  AUTH("auth"),
  ERROR("error"),
  LIMIT("limit"),
  OTHER("other");

  private final String tag;

  AttentionReason(String tag) {
    this.tag = tag;
  }

  /** The word on the wire. */
  public String tag() {
    return tag;
  }
}
