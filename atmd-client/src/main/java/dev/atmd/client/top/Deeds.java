package dev.atmd.client.top;

import dev.atmd.client.AtmdClient;
import dev.atmd.client.AtmdException;
import dev.atmd.client.text.SessionWords;
import dev.atmd.client.top.Told.Done;
import dev.atmd.client.top.Told.Explained;
import dev.atmd.client.top.Told.Peeked;
import dev.atmd.client.top.Told.Recalled;
import dev.atmd.client.top.Told.Unexplained;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.Status;
import dev.atmd.protocol.message.ExplanationView;
import dev.atmd.protocol.message.HistoryAnswer;
import dev.atmd.protocol.message.HistoryQuestion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Carries out what keys ask for. Before anything is done to a session the daemon is asked again,
 * and it is left alone unless all is still as it was confirmed. Waits for the daemon and for tmux,
 * so it has a thread of its own.
 */
final class Deeds {
  /** As many as a dialog of an agent has, at most. */
  private static final int TAIL = 16;

  private final Daemon daemon;
  private final Panes panes;
  private final Processes processes;

  Deeds(Daemon daemon, Panes panes, Processes processes) {
    this.daemon = daemon;
    this.panes = panes;
    this.processes = processes;
  }

  /** What is asked beside the feed; each call is a connection of its own. */
  interface Daemon {
    /** Why a session is in its state. */
    ExplanationView explain(String id) throws IOException;

    HistoryAnswer past(HistoryQuestion question) throws IOException;

    static Daemon at(Path socket) {
      return new Daemon() {
        @Override
        public ExplanationView explain(String id) throws IOException {
          try (var client = AtmdClient.connect(socket)) {
            return client.explain(SessionId.of(id)).message().explanation();
          }
        }

        @Override
        public HistoryAnswer past(HistoryQuestion question) throws IOException {
          try (var client = AtmdClient.connect(socket)) {
            return client.history(question).message().answer();
          }
        }
      };
    }
  }

  /** Does it and says what came of it. */
  Optional<Told> perform(Effect effect) {
    try {
      return switch (effect) {
        case Effect.Jump(var target) -> Optional.of(jump(target));
        case Effect.Inspect(var id) -> Optional.of(inspect(id));
        case Effect.Peek(var pane) -> Optional.of(peek(pane));
        case Effect.Perform(var deed) -> Optional.of(perform(deed));
        case Effect.Recall(var from) -> Optional.of(recall(from));
        case Effect.Quit _, Effect.Redraw _, Effect.Clear _ -> Optional.empty();
      };
    } catch (IOException e) {
      return Optional.of(new Done(String.valueOf(e.getMessage()), true));
    }
  }

  private Told inspect(String id) {
    try {
      return new Explained(id, daemon.explain(id));
    } catch (IOException | IllegalArgumentException e) {
      return new Unexplained(id, String.valueOf(e.getMessage()));
    }
  }

  /** Without a store, or with an older daemon, nothing is known of the past; that is no trouble. */
  private Told recall(Instant from) {
    try {
      var answer = daemon.past(new HistoryQuestion.Ended(from, Remembered.MAX_COUNT));
      return new Recalled(answer instanceof HistoryAnswer.Ended(var over) ? over : List.of());
    } catch (IOException _) {
      return new Recalled(List.of());
    }
  }

  /** What cannot be seen is said where it would stand: it is no news once nobody looks there. */
  private Told peek(PaneId pane) {
    try {
      return new Peeked(pane, panes.tail(pane, TAIL));
    } catch (IOException e) {
      return new Peeked(pane, List.of("(not seen: " + e.getMessage() + ")"));
    }
  }

  private Told jump(Target target) throws IOException {
    var pane = target.pane();
    if (pane == null) {
      return new Done(target.name() + " runs in no pane of tmux that is known", true);
    }
    var found = panes.find(pane);
    var pid = target.pid();
    if (pid != null && !processes.isWithin(pid, found.pid())) {
      return new Done(elsewhere(target, pane), true);
    }
    panes.go(pane);
    return new Done("went to " + pane.value(), false);
  }

  private static String elsewhere(Target target, PaneId pane) {
    return target.name() + " does not run in the pane " + pane.value() + " of this tmux";
  }

  private Told perform(Deed deed) throws IOException {
    ExplanationView now;
    try {
      now = daemon.explain(deed.target().id());
    } catch (AtmdException e) {
      return new Done("nothing was done: " + e.getMessage(), true);
    }
    var refusal = refusal(deed, now);
    if (refusal.isPresent()) {
      return new Done("nothing was done: " + refusal.get(), true);
    }
    return switch (deed) {
      case Deed.Answer(var target, _, var typing) -> type(target, typing);
      case Deed.Interrupt(var target, var key) -> type(target, new Typing.Press(key));
      case Deed.Kill(var target, var pid) ->
          processes.terminate(pid)
              ? new Done("sent SIGTERM to " + target.name() + ", process " + pid, false)
              : new Done("process " + pid + " cannot be ended", true);
    };
  }

  /** What has changed since it was confirmed; nothing if nothing has. */
  static Optional<String> refusal(Deed deed, ExplanationView now) {
    var view = now.session();
    var target = deed.target();
    var pid = view.plain() == null ? null : view.plain().pid();
    if (pid == null || !pid.equals(target.pid())) {
      return Optional.of(target.name() + " has another process now");
    }
    if (!(deed instanceof Deed.Kill)
        && !PaneId.of(view.tmuxPane()).equals(Optional.ofNullable(target.pane()))) {
      return Optional.of(target.name() + " runs in another pane now");
    }
    return switch (deed) {
      case Deed.Answer(_, var asked, _) ->
          Asked.of(view).filter(asked::equals).isPresent()
              ? Optional.empty()
              : Optional.of(target.name() + " no longer asks this");
      case Deed.Interrupt _ ->
          SessionWords.statusOf(view) == Status.IDLE
              ? Optional.of(target.name() + " does not work any more")
              : Optional.empty();
      case Deed.Kill _ -> Optional.empty();
    };
  }

  private Told type(Target target, Typing typing) throws IOException {
    var pane = target.pane();
    var pid = target.pid();
    if (pane == null || pid == null) {
      return new Done("nothing was typed: its pane or its process is not known", true);
    }
    var found = panes.find(pane);
    if (found.isDead() || !processes.isWithin(pid, found.pid())) {
      return new Done("nothing was typed: " + elsewhere(target, pane), true);
    }
    if (found.isScrolled()) {
      return new Done("nothing was typed: the pane " + pane.value() + " is being scrolled", true);
    }
    panes.type(pane, typing);
    return new Done("typed " + typing.shown() + " in " + pane.value(), false);
  }
}
