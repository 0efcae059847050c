package dev.atmd.protocol.message;

/** What one line from a client turned out to be. */
public sealed interface ClientLine {
  /** A message, with the version that its sender claims to speak. */
  record Understood(ProtocolVersion version, ClientMessage message) implements ClientLine {}

  /** Not a message; the lines around it are unharmed. */
  record Unreadable(ErrorCode code, String message) implements ClientLine {}
}
