package dev.atmd.core.registry;

/** Why a session is no longer there. */
public enum RemovalReason {
  /** Its harness said so. */
  ENDED("session_ended"),
  /** Its process is gone and said nothing. */
  PROCESS_DIED("process_died"),
  /** It goes on under another id. */
  RENAMED("renamed"),
  /** Another conversation began in its process. */
  REPLACED("replaced"),
  /** Nothing was heard of it for too long, and it has no process to watch. */
  EXPIRED("expired"),
  /** It was the most silent one when room was needed. */
  EVICTED("evicted");

  private final String tag;

  RemovalReason(String tag) {
    this.tag = tag;
  }

  /** The word on the wire. */
  public String tag() {
    return tag;
  }
}
