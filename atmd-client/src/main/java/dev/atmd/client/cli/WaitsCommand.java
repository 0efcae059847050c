package dev.atmd.client.cli;

import dev.atmd.client.text.TextWidth;
import dev.atmd.protocol.message.HistoryAnswer;
import dev.atmd.protocol.message.HistoryQuestion;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code atm waits}: how long sessions waited for a person. */
@Command(
    name = "waits",
    description = "Shows how long each session waited for you; the oldest open question first.")
final class WaitsCommand extends PastCommand {
  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = {
        "Count the waiting from then on (default: ${DEFAULT-VALUE}).",
        "Forms: " + Moments.FORMS
      })
  private String since = "today";

  @Override
  HistoryQuestion question(Moments moments) {
    return new HistoryQuestion.Waits(need("--since", since, moments));
  }

  @Override
  List<String> lines(HistoryAnswer answer, Moments moments, Surroundings surroundings) {
    if (!(answer instanceof HistoryAnswer.Waits(var sessions))) {
      throw new IllegalStateException("not waits: " + answer);
    }
    if (sessions.isEmpty()) {
      return List.of("No session has waited for you since " + since + ".");
    }
    var grid = new Grid("OPEN FOR", "WAITED", "TIMES", "SESSION", "AGENT", "PROJECT", "QUESTION");
    for (var wait : sessions) {
      var open = wait.openSince();
      grid.add(
          open == null ? "–" : length(Duration.between(open, moments.now())),
          length(Duration.ofMillis(Math.round(wait.seconds() * 1e3))),
          Integer.toString(wait.questions()),
          TextWidth.cut(wait.session(), 16),
          wait.harness(),
          name(wait.project()),
          wait.question() == null ? "" : wait.question());
    }
    return grid.lines(surroundings.terminal().size().columns(), surroundings.paint());
  }

  /** The last part of a path. */
  static String name(@Nullable String path) {
    if (path == null) {
      return "–";
    }
    var slash = path.lastIndexOf('/', path.length() - 2);
    return slash < 0 ? path : path.substring(slash + 1);
  }
}
