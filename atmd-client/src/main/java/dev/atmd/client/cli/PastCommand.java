package dev.atmd.client.cli;

import dev.atmd.protocol.message.HistoryAnswer;
import dev.atmd.protocol.message.HistoryQuestion;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A part of {@code atm} that asks about the past. */
abstract class PastCommand extends DaemonCommand {
  @Option(names = "--json", description = "Print the answer as the daemon gives it.")
  private boolean json;

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec command;

  @Override
  final void run(Atm atm, PrintWriter out) throws IOException {
    var surroundings = atm.surroundings();
    var moments = new Moments(surroundings.clock().instant(), ZoneId.systemDefault());
    var question = question(moments);
    try (var client = atm.connect()) {
      var answer = client.history(question);
      if (json) {
        out.println(atm.script().json(JsonText.pretty(answer.json())));
      } else {
        lines(answer.message().answer(), moments, surroundings).forEach(line -> out.println(line));
      }
    }
  }

  abstract HistoryQuestion question(Moments moments);

  /** The answer in lines for people; every text in them is neutral. */
  abstract List<String> lines(HistoryAnswer answer, Moments moments, Surroundings surroundings);

  /** The moment that an option names, if it was given. */
  final @Nullable Instant moment(String option, @Nullable String text, Moments moments) {
    return text == null ? null : need(option, text, moments);
  }

  final Instant need(String option, String text, Moments moments) {
    return moments
        .parse(text)
        .orElseThrow(() ->
            new ParameterException(
                command.commandLine(),
                "%s: '%s' is no time; write %s".formatted(option, text, Moments.FORMS)));
  }

  /** How long something took, in its two largest units. */
  static String length(Duration duration) {
    var seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3_600) {
      return "%dm %02ds".formatted(seconds / 60, seconds % 60);
    }
    return seconds < 86_400
        ? "%dh %02dm".formatted(seconds / 3_600, seconds / 60 % 60)
        : "%dd %02dh".formatted(seconds / 86_400, seconds / 3_600 % 24);
  }
}
