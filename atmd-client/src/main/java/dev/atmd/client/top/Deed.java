package dev.atmd.client.top;

/** Something done to a session, which needs a confirmation. */
sealed interface Deed {
  Target target();

  /** Answers what it has asked. */
  record Answer(Target target, Asked asked, Typing typing) implements Deed {}

  /** Presses what stops a turn of this harness. */
  record Interrupt(Target target, String key) implements Deed {}

  /** Sends SIGTERM to its process. */
  record Kill(Target target, long pid) implements Deed {}

  default String title() {
    return switch (this) {
      case Answer _ -> "answer " + target().name();
      case Interrupt _ -> "interrupt " + target().name();
      case Kill _ -> "kill " + target().name();
    };
  }

  /** What exactly will happen. */
  default String shown() {
    return switch (this) {
      case Answer(_, _, var typing) -> "types " + typing.shown();
      case Interrupt(_, var key) -> "presses " + key;
      case Kill(_, var pid) -> "sends SIGTERM to process " + pid;
    };
  }
}
