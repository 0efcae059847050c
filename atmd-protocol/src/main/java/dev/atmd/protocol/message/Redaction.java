package dev.atmd.protocol.message;

import dev.atmd.core.registry.Explanation;
import dev.atmd.core.session.Evidence;
import dev.atmd.core.session.Place;
import dev.atmd.core.session.Question;
import dev.atmd.core.session.Session;
import dev.atmd.core.session.SessionState;
import dev.atmd.core.session.SessionState.AttentionNeeded;
import dev.atmd.core.session.SessionState.Idle;
import dev.atmd.core.session.SessionState.Working;
import dev.atmd.core.session.ToolCall;
import dev.atmd.core.session.Transition;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sessions without what was said in them: for {@link Detail#REDACTED}. */
public final class Redaction {
  /** The name of a tool, or a word of ours; a command or a path is none. */
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_ -]{1,64}");

  private Redaction() {}

  /** The session without prompts, paths, commands and questions; of its place only a name. */
  public static Session redacted(Session session) {
    var place = session.place();
    return session
        .draft()
        .place(place == null ? null : new Place(name(place), null))
        .firstPrompt(null)
        .state(redacted(session.state()))
        .evidence(redacted(session.evidence()))
        .done();
  }

  /** The explanation without them. */
  public static Explanation redacted(Explanation explained) {
    return new Explanation(
        redacted(explained.session()),
        explained.transitions().stream()
            .map(change -> new Transition(redacted(change.state()), redacted(change.evidence())))
            .toList(),
        explained.questions().stream().map(Redaction::redacted).toList(),
        explained.running().stream().map(call -> ToolCall.of(orEmpty(word(call.tool())))).toList(),
        explained.at());
  }

  private static Evidence redacted(Evidence evidence) {
    return new Evidence(evidence.at(), "", evidence.tier(), evidence.rule());
  }

  private static Question redacted(Question question) {
    return new Question(
        question.reason(), orEmpty(word(question.detail())), null, null, null, question.asker());
  }

  private static String name(Place place) {
    return Display.lastName(place.git() == null ? place.directory() : place.git().projectRoot());
  }

  private static SessionState redacted(SessionState state) {
    return switch (state) {
      case Idle(var since, var problem) -> new Idle(since, code(problem));
      case Working(var since, var detail, _) -> new Working(since, word(detail), null);
      case AttentionNeeded(var since, var question) ->
          new AttentionNeeded(since, redacted(question));
    };
  }

  /** Why a turn failed, where that is no sentence. */
  private static @Nullable String code(@Nullable String text) {
    return text != null && text.indexOf(' ') < 0 ? word(text) : null;
  }

  /** The text if it is a plain word, else nothing. */
  public static @Nullable String word(@Nullable String text) {
    return text != null && WORD.matcher(text).matches() ? text : null;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
