package dev.atmd.client.cli;

import dev.atmd.client.Received;
import dev.atmd.protocol.message.DaemonMessage.Notices;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atm notify}: whether notifications arrive. */
@Command(
    name = "notify",
    description = {
      "Tells a test by every channel that is set (test), or shows what was told lately (log).",
      "The section [notify] of the configuration says who is told what, and how."
    })
final class NotifyCommand extends DaemonCommand {
  /** What can be done. */
  private enum Action {
    TEST,
    LOG
  }

  @SuppressWarnings("NullAway.Init")
  @Parameters(paramLabel = "test|log", description = "What to do.")
  private Action action;

  @Option(names = "--json", description = "Print the answer as the daemon gives it.")
  private boolean json;

  @Override
  void run(Atm atm, PrintWriter out) throws IOException {
    try (var client = atm.connect()) {
      var answer = action == Action.TEST ? client.testNotices() : client.notices();
      if (json) {
        out.println(atm.script().json(JsonText.pretty(answer.json())));
      } else {
        lines(answer, atm.surroundings()).forEach(out::println);
      }
      if (action == Action.TEST && !hasWorked(answer.message())) {
        throw new IOException("not every channel works; see above");
      }
    }
  }

  private static List<String> lines(Received<Notices> answer, Surroundings surroundings) {
    var deliveries = answer.message().deliveries();
    if (deliveries.isEmpty()) {
      return List.of("Nobody has been told anything since the daemon started.");
    }
    var grid = new Grid("TIME", "KIND", "WHAT", "BY", "OUTCOME");
    for (var delivery : deliveries) {
      grid.add(
          HistoryCommand.time(delivery.at(), ZoneId.systemDefault()),
          delivery.kind(),
          delivery.title(),
          delivery.channel(),
          delivery.outcome());
    }
    return grid.lines(surroundings.terminal().size().columns(), surroundings.paint());
  }

  /** Whether the tests that were told last have all arrived. */
  private static boolean hasWorked(Notices notices) {
    var channels = new HashMap<String, Boolean>();
    for (var delivery : notices.deliveries()) {
      if (delivery.session().equals("test")) {
        channels.put(delivery.channel(), delivery.worked());
      }
    }
    return !channels.containsValue(false);
  }
}
