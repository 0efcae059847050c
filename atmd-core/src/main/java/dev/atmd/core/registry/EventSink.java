package dev.atmd.core.registry;

/** Hears every change. Called in the registry's turn, in order; must neither block nor throw. */
public interface EventSink {
  void accept(SessionEvent event);

  /** There is nothing more to hear for now: what was gathered may be sent on. */
  void endOfBatch();
}
