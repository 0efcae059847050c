package dev.atmd.core.session;

import java.nio.charset.StandardCharsets;

/** The name of a session: what its harness calls it, or a placeholder until that is known. */
public sealed interface SessionId {
  /** The id as it stands on the wire. */
  String value();

  /** The id that a client wrote; the placeholder form is recognised. */
  static SessionId of(String value) {
    if (value.startsWith(Pending.PREFIX) && value.length() <= Pending.MAX_LENGTH) {
      var digits = value.substring(Pending.PREFIX.length());
      if (!digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
        var pid = Long.parseLong(digits);
        if (pid > 0 && pid <= 0xFFFF_FFFFL && digits.charAt(0) != '0') {
          return new Pending(new Pid(pid));
        }
      }
    }
    return new Named(value);
  }

  /** The id of a subagent that runs inside a session. */
  static SessionId ofSubagent(SessionId parent, String agentId) {
    return new Named(parent.value() + "/" + agentId);
  }

  /** The first eight bytes, or all of it where that would cut a character (atm-behaviour §3). */
  default String abbreviated() {
    var value = value();
    if (beginsPlainly(value)) {
      return value.substring(0, 8);
    }
    var bytes = value.getBytes(StandardCharsets.UTF_8);
    var cutsCharacter = bytes.length > 8 && (bytes[8] & 0xC0) == 0x80;
    return bytes.length <= 8 || cutsCharacter
        ? value
        : new String(bytes, 0, 8, StandardCharsets.UTF_8);
  }

  /** Whether the first nine characters are there, and one byte each. */
  private static boolean beginsPlainly(String value) {
    if (value.length() <= 8) {
      return false;
    }
    for (var i = 0; i <= 8; i++) {
      if (value.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** An id given by the harness. Any string, also the empty one. */
  record Named(String value) implements SessionId {
    @Override
    public String toString() {
      return value;
    }
  }

  /** A process that was seen but has not yet said which session it runs. */
  record Pending(Pid pid) implements SessionId {
    private static final String PREFIX = "pending-";
    private static final int MAX_LENGTH = PREFIX.length() + 10;

    @Override
    public String value() {
      return PREFIX + pid;
    }

    @Override
    public String toString() {
      return value();
    }
  }

  /** Whichever session has asked what is answered here: the answer names nothing else. */
  record Asker(String requestId) implements SessionId {
    @Override
    public String value() {
      return "asker of " + requestId;
    }

    @Override
    public String toString() {
      return value();
    }
  }
}
