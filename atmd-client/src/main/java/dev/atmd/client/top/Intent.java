package dev.atmd.client.top;

import dev.atmd.client.text.SessionWords;
import dev.atmd.core.session.Harness;
import dev.atmd.core.session.Status;
import java.util.Set;

/** What a key would do to a session. Only what waits is answered, only what it asks for. */
sealed interface Intent {
  /** Questions that take yes or no: Enter takes what is marked, Escape refuses. */
  Set<String> YES_OR_NO = Set.of("permission", "plan");

  /** Questions whose answers are numbered. */
  Set<String> CHOICES = Set.of("permission", "plan", "question", "form");

  /** Needs a confirmation. */
  record Confirm(Deed deed) implements Intent {}

  /** Needs a text first. */
  record Write(Target target, Asked asked) implements Intent {}

  record Refused(String why) implements Intent {}

  static Intent of(int key, Agent agent) {
    var target = Target.of(agent);
    if (key == 'K') {
      return target.pid() == null
          ? new Refused("the process of " + agent.name() + " is not known")
          : new Confirm(new Deed.Kill(target, target.pid()));
    }
    if (target.pane() == null) {
      return new Refused(agent.name() + " runs in no pane of tmux that is known");
    }
    if (target.pid() == null) {
      return new Refused("not known whether " + agent.name() + " still runs in its pane");
    }
    if (key == 'i') {
      return agent.status() == Status.IDLE
          ? new Refused(agent.name() + " does not work")
          : new Confirm(new Deed.Interrupt(target, stopKey(agent)));
    }
    return answer(key, agent, target);
  }

  private static Intent answer(int key, Agent agent, Target target) {
    var asked = Asked.of(agent.view());
    if (asked.isEmpty()) {
      return new Refused(agent.name() + " does not wait for you");
    }
    var reason = asked.get().reason() == null ? "" : asked.get().reason();
    return switch (key) {
      case 'y', 'n' ->
          YES_OR_NO.contains(reason)
              ? typing(target, asked.get(), new Typing.Press(key == 'y' ? "Enter" : "Escape"))
              : new Refused("this takes no yes or no: write with r");
      case 'r' ->
          YES_OR_NO.contains(reason)
              ? new Refused("this takes no text: answer with y, n, or the number of a choice")
              : new Write(target, asked.get());
      default ->
          CHOICES.contains(reason)
              ? typing(target, asked.get(), new Typing.Digit((char) key))
              : new Refused("this has no choices: write with r");
    };
  }

  private static Intent typing(Target target, Asked asked, Typing typing) {
    return new Confirm(new Deed.Answer(target, asked, typing));
  }

  /** What stops a turn; Ctrl-C ends some of these programs, and stops the others. */
  private static String stopKey(Agent agent) {
    return switch (Harness.ofTag(SessionWords.harness(agent.view())).orElse(Harness.UNKNOWN)) {
      case CLAUDE, CODEX, GEMINI, QWEN, PI, OPENCODE, COPILOT, DROID, AMP, CRUSH, ANTIGRAVITY ->
          "Escape";
      case CURSOR, GOOSE, KIRO, AIDER, UNKNOWN -> "C-c";
    };
  }
}
