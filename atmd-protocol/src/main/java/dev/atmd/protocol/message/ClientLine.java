package dev.atmd.protocol.message;

import org.jspecify.annotations.Nullable;

/** What one line from a client turned out to be. */
public sealed interface ClientLine {
  /**
   * A message, with the version that its sender claims to speak.
   *
   * @param receipt what its sender wants to hear once it has been applied; null if nothing
   */
  record Understood(ProtocolVersion version, ClientMessage message, @Nullable Receipt receipt)
      implements ClientLine {
    public Understood(ProtocolVersion version, ClientMessage message) {
      this(version, message, null);
    }
  }

  /**
   * Protocol 1.1: a report that is to be acknowledged.
   *
   * @param id what the sender calls it; null if it has no name
   */
  record Receipt(@Nullable String id) {}

  /** Not a message; the lines around it are unharmed. */
  record Unreadable(ErrorCode code, String message) implements ClientLine {}
}
