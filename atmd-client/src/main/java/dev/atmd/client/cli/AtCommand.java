package dev.atmd.client.cli;

import dev.atmd.client.text.TextWidth;
import dev.atmd.protocol.message.HistoryAnswer;
import dev.atmd.protocol.message.HistoryQuestion;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code atm at}: what everybody was doing. */
@Command(name = "at", description = "Shows what every session was doing at a moment.")
final class AtCommand extends PastCommand {
  @SuppressWarnings("NullAway.Init")
  @Parameters(paramLabel = "TIME", description = "When: " + Moments.FORMS)
  private String time;

  @Override
  HistoryQuestion question(Moments moments) {
    return new HistoryQuestion.Moment(need("TIME", time, moments));
  }

  @Override
  List<String> lines(HistoryAnswer answer, Moments moments, Surroundings surroundings) {
    if (!(answer instanceof HistoryAnswer.Moment(var at, var sessions))) {
      throw new IllegalStateException("not a moment: " + answer);
    }
    var when = HistoryCommand.time(at, moments.zone());
    if (sessions.isEmpty()) {
      return List.of("At " + when + " there was no session.");
    }
    var grid = new Grid("SESSION", "AGENT", "STATUS", "FOR", "PROJECT", when);
    for (var doing : sessions) {
      grid.add(
          TextWidth.cut(doing.session(), 16),
          doing.harness(),
          doing.status().replace('_', ' '),
          length(Duration.between(doing.since(), at)),
          WaitsCommand.name(doing.project()),
          (doing.detail() == null ? "" : doing.detail())
              + (doing.text() == null ? "" : ": " + doing.text()));
    }
    return grid.lines(surroundings.terminal().size().columns(), surroundings.paint());
  }
}
