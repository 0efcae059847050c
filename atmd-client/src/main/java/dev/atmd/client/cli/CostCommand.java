package dev.atmd.client.cli;

import dev.atmd.protocol.message.HistoryAnswer;
import dev.atmd.protocol.message.HistoryAnswer.Sum;
import dev.atmd.protocol.message.HistoryQuestion;
import dev.atmd.protocol.message.HistoryQuestion.By;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code atm cost}: what was consumed. */
@Command(
    name = "cost",
    description = "Adds up what sessions have cost, and the tokens they have used.")
final class CostCommand extends PastCommand {
  @Option(
      names = "--by",
      paramLabel = "WHAT",
      description = "Add up by day, project, model or session (default: ${DEFAULT-VALUE}).")
  private By by = By.DAY;

  @Option(names = "--since", paramLabel = "TIME", description = "Not before: " + Moments.FORMS)
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "Only before.")
  private @Nullable String until;

  @Override
  HistoryQuestion question(Moments moments) {
    return new HistoryQuestion.Cost(
        by, moment("--since", since, moments), moment("--until", until, moments));
  }

  @Override
  List<String> lines(HistoryAnswer answer, Moments moments, Surroundings surroundings) {
    if (!(answer instanceof HistoryAnswer.Cost(var sums))) {
      throw new IllegalStateException("not costs: " + answer);
    }
    if (sums.isEmpty()) {
      return List.of("Nobody has said what anything cost in that time.");
    }
    var grid = new Grid("COST", "TOKENS IN", "OUT", "SESSIONS", by.name());
    sums.forEach(sum -> add(grid, sum, sum.key().isEmpty() ? "–" : sum.key()));
    add(grid, total(sums), "all of these");
    return grid.lines(surroundings.terminal().size().columns(), surroundings.paint());
  }

  private void add(Grid grid, Sum sum, String key) {
    grid.add(
        String.format(Locale.ROOT, "$%.2f", sum.costUsd()),
        tokens(sum.tokensIn()),
        tokens(sum.tokensOut()),
        // A session may be part of several days or models, so these do not add up.
        sum.sessions() == 0 ? "" : Long.toString(sum.sessions()),
        key);
  }

  private static Sum total(List<Sum> sums) {
    return new Sum(
        "",
        sums.stream().mapToDouble(Sum::costUsd).sum(),
        sums.stream().mapToLong(Sum::tokensIn).sum(),
        sums.stream().mapToLong(Sum::tokensOut).sum(),
        0);
  }

  private static String tokens(long count) {
    if (count < 1_000) {
      return Long.toString(count);
    }
    return count < 1_000_000
        ? String.format(Locale.ROOT, "%.1fk", count / 1e3)
        : String.format(Locale.ROOT, "%.2fM", count / 1e6);
  }
}
