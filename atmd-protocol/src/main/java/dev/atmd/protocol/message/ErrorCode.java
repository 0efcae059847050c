package dev.atmd.protocol.message;

/** What went wrong, for programs. The text beside it is for people. */
public enum ErrorCode {
  MALFORMED("malformed"),
  INVALID_UTF8("invalid_utf8"),
  FRAME_TOO_LARGE("frame_too_large"),
  TOO_MANY_BAD_LINES("too_many_bad_lines"),
  STALLED_FRAME("stalled_frame"),
  UNKNOWN_TYPE("unknown_type"),
  EXPECTED_CONNECT("expected_connect"),
  ALREADY_CONNECTED("already_connected"),
  HANDSHAKE_TIMEOUT("handshake_timeout"),
  FORBIDDEN("forbidden"),
  INVALID_PAYLOAD("invalid_payload"),
  UNKNOWN_HARNESS("unknown_harness"),
  UNKNOWN_SESSION("unknown_session"),
  SESSION_OVER("session_over"),
  REGISTRY_FULL("registry_full"),
  TOO_MANY_SUBSCRIBERS("too_many_subscribers"),
  TOO_MANY_CONNECTIONS("too_many_connections"),
  STALLED_SUBSCRIBER("stalled_subscriber"),
  NO_HISTORY("no_history"),
  NO_WEB("no_web"),
  NO_CHANNEL("no_channel"),
  SHUTTING_DOWN("shutting_down"),
  INTERNAL("internal");

  private final String tag;

  ErrorCode(String tag) {
    this.tag = tag;
  }

  /** The word on the wire. */
  public String tag() {
    return tag;
  }
}
