package dev.atmd.core.registry;

import dev.atmd.core.session.Place;
import dev.atmd.core.session.Session;
import dev.atmd.core.session.SessionState.AttentionNeeded;
import dev.atmd.core.session.SessionState.Idle;
import dev.atmd.core.session.SessionState.Working;
import dev.atmd.core.session.Transition;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the texts of senders take in all sessions together. Each text has a bound of its own, but so
 * many sessions with the longest ones would fill the heap: beyond a budget those that have said
 * nothing for the longest time lose most of their prompt, and if that is not enough, go. Owned by
 * the {@link Population}.
 */
final class Texts {
  /** What is left of a prompt: enough to know it again. */
  private static final int STUB_CHARS = 200;

  /** A Java character, at most. */
  private static final int BYTES_PER_CHAR = 2;

  private static final Comparator<Tracked> LONGEST_SILENT_FIRST =
      Comparator.comparing(tracked -> tracked.session.lastActivity());

  private final long maxBytes;
  private long bytes;
  private long shortened;

  Texts(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** All of them now. */
  long bytes() {
    return bytes;
  }

  /** How many sessions have had to lose text. */
  long shortened() {
    return shortened;
  }

  /** Takes note of what the session has become, or that it is there. */
  void count(Tracked tracked) {
    var now = bytes(chars(tracked.session) + tracked.chars());
    bytes += now - tracked.textBytes;
    tracked.textBytes = now;
  }

  /** The session is gone. */
  void forget(Tracked tracked) {
    bytes -= tracked.textBytes;
    tracked.textBytes = 0;
  }

  /**
   * Makes room when there is too much: an eighth of all, so that it is not to be done again at
   * once.
   */
  void relieve(Population population) {
    if (bytes <= maxBytes) {
      return;
    }
    var enough = maxBytes - maxBytes / 8;
    var silent = population.sessions.all().stream().sorted(LONGEST_SILENT_FIRST).toList();
    shorten(silent, enough, population);
    for (var tracked : silent) {
      if (bytes <= enough) {
        return;
      }
      if (population.isKnown(tracked)) {
        shortened++;
        population.remove(tracked, RemovalReason.EVICTED, null);
      }
    }
  }

  private void shorten(List<Tracked> silent, long enough, Population population) {
    for (var tracked : silent) {
      if (bytes <= enough) {
        return;
      }
      var prompt = tracked.session.firstPrompt();
      if (prompt != null && prompt.length() > STUB_CHARS + 1) {
        shortened++;
        population.update(tracked, tracked.session.draft().firstPrompt(stub(prompt)).done());
      }
    }
  }

  private static String stub(String prompt) {
    var cut = Character.isHighSurrogate(prompt.charAt(STUB_CHARS - 1)) ? 1 : 0;
    return prompt.substring(0, STUB_CHARS - cut) + "…";
  }

  /** What so many characters take, at most. */
  static int bytes(int chars) {
    return BYTES_PER_CHAR * chars;
  }

  /** What a session shows of what was sent, without its past. */
  static int chars(Session session) {
    var model = session.model();
    return session.id().value().length()
        + session.agentType().tag().length()
        + model.id().length()
        + model.name().length()
        + length(session.state().detail())
        + length(session.firstPrompt())
        + length(session.version())
        + session.evidence().signal().length()
        + chars(session.place());
  }

  static int chars(Transition transition) {
    var shown =
        switch (transition.state()) {
          case Idle _ -> null;
          case Working working -> working.target();
          case AttentionNeeded waiting -> waiting.question().text();
        };
    return length(transition.state().detail()) + length(shown);
  }

  private static int chars(@Nullable Place place) {
    if (place == null) {
      return 0;
    }
    var git = place.git();
    return place.directory().length()
        + (git == null
            ? 0
            : git.projectRoot().length() + length(git.worktree()) + length(git.branch()));
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
