package dev.atmd.client.cli;

import dev.atmd.client.text.SessionWords;
import dev.atmd.client.text.Totals;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The template of a status line. What is filled in are numbers and ages, never text of a session: a
 * prompt or a tmux line may act on what it is given.
 */
record StatusFormat(String template) {
  private static final Pattern PLACE = Pattern.compile("\\{([a-z_]+)}");

  String text(Totals totals, Instant now) {
    return PLACE
        .matcher(template)
        .replaceAll(place ->
            Matcher.quoteReplacement(value(place.group(1), totals, now).orElse(place.group())));
  }

  private static Optional<String> value(String name, Totals totals, Instant now) {
    return switch (name) {
      case "waiting" -> Optional.of(Integer.toString(totals.waiting()));
      case "working" -> Optional.of(Integer.toString(totals.working()));
      case "idle" -> Optional.of(Integer.toString(totals.idle()));
      case "sessions" -> Optional.of(Integer.toString(totals.sessions()));
      case "cost" -> Optional.of(String.format(Locale.ROOT, "%.2f", totals.cost()));
      case "oldest_wait" ->
          Optional.of(
              totals.oldestWait() == null ? "-" : SessionWords.age(totals.oldestWait(), now));
      default -> Optional.empty();
    };
  }

  /** Refuses placeholders that nothing stands for. */
  static final class OfText implements ITypeConverter<StatusFormat> {
    @Override
    public StatusFormat convert(String template) {
      PLACE
          .matcher(template)
          .results()
          .filter(place -> value(place.group(1), Totals.NONE, Instant.EPOCH).isEmpty())
          .findFirst()
          .ifPresent(place -> {
            throw new TypeConversionException(
                "nothing stands for "
                    + place.group()
                    + ": there are {waiting}, {working}, {idle}, {sessions}, {cost},"
                    + " {oldest_wait}");
          });
      return new StatusFormat(template);
    }
  }
}
