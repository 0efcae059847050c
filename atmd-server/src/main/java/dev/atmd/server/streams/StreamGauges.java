package dev.atmd.server.streams;

/** Counts what comes over streams. Called on event loops; must not block. */
public interface StreamGauges {
  /** A harness answers as it should. */
  void streamOpened();

  /** One that was open is gone. */
  void streamClosed();

  /** An event was handed to the registry. */
  void streamEvent();

  /** A message was none, or too long. */
  void streamMessageSkipped();
}
