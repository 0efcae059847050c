package dev.atmd.protocol.message;

import dev.atmd.core.session.Evidence;
import dev.atmd.core.session.Place;
import dev.atmd.core.session.Question;
import dev.atmd.core.session.Session;
import dev.atmd.core.session.SessionState;
import dev.atmd.core.session.SessionState.AttentionNeeded;
import dev.atmd.core.session.SessionState.Idle;
import dev.atmd.core.session.SessionState.Working;
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
    var evidence = session.evidence();
    return session
        .draft()
        .place(place == null ? null : new Place(name(place), null))
        .firstPrompt(null)
        .state(redacted(session.state()))
        .evidence(new Evidence(evidence.at(), "", evidence.tier(), evidence.rule()))
        .done();
  }

  private static String name(Place place) {
    return Display.lastName(place.git() == null ? place.directory() : place.git().projectRoot());
  }

  private static SessionState redacted(SessionState state) {
    return switch (state) {
      case Idle(var since, var problem) -> new Idle(since, code(problem));
      case Working(var since, var detail, _) -> new Working(since, word(detail), null);
      case AttentionNeeded(var since, var question) ->
          new AttentionNeeded(
              since,
              new Question(
                  question.reason(), orEmpty(word(question.detail())), null, null, null, null));
    };
  }

  /** Why a turn failed, where that is no sentence. */
  private static @Nullable String code(@Nullable String text) {
    return text != null && text.indexOf(' ') < 0 ? word(text) : null;
  }

  private static @Nullable String word(@Nullable String text) {
    return text != null && WORD.matcher(text).matches() ? text : null;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
