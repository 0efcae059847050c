package dev.atmd.core.registry;

/** Takes the outcome of one command. Called once, in the registry's turn; must not block. */
@FunctionalInterface
public interface ReplyTo {
  /** For whoever does not care. */
  ReplyTo NOBODY = _ -> {};

  void answer(Outcome outcome);
}
