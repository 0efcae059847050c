package dev.atmd.client.cli;

import dev.atmd.client.AtmdClient;
import dev.atmd.client.AtmdException.ConnectionLost;
import dev.atmd.client.AtmdException.NotReachable;
import dev.atmd.client.AtmdException.TimedOut;
import dev.atmd.client.Timeouts;
import dev.atmd.client.text.SessionWords;
import dev.atmd.client.text.Totals;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code atm status}: all sessions in a few characters, for a prompt or the line of tmux. */
@Command(
    name = "status",
    description = {
      "Prints one short line for a prompt or tmux, such as 3↑ 1! $4.20:",
      "sessions working or idle, those that need input if any, and what all have cost.",
      "A subagent counts as part of its session. Without a daemon it prints `off`, at once."
    })
final class StatusCommand extends DaemonCommand {
  /** A line that is drawn every few seconds is better empty than late. */
  private static final Timeouts TIMEOUTS =
      new Timeouts(Duration.ofMillis(500), Duration.ofMillis(500));

  @Option(
      names = "--format",
      paramLabel = "TEXT",
      converter = StatusFormat.OfText.class,
      description = {
        "Print this instead, with {waiting}, {working}, {idle}, {sessions}, {cost} and",
        "{oldest_wait} filled in. Without a daemon they are 0, 0.00 and -."
      })
  private @Nullable StatusFormat format;

  @Option(
      names = "--off",
      paramLabel = "TEXT",
      description = "What to print when no daemon answers.")
  private @Nullable String off;

  @Override
  void run(Atm atm, PrintWriter out) throws IOException {
    var now = atm.surroundings().clock().instant();
    out.println(totals(atm).map(totals -> shown(totals, now)).orElseGet(() -> none(now)));
  }

  /** Nothing if no daemon answers, which is no failure of a status line. */
  private static Optional<Totals> totals(Atm atm) throws IOException {
    try (var client = AtmdClient.connect(atm.socket(), null, TIMEOUTS)) {
      return Optional.of(Totals.of(client.sessions()));
    } catch (NotReachable | TimedOut | ConnectionLost _) {
      return Optional.empty();
    }
  }

  private String shown(Totals totals, Instant now) {
    return format == null ? line(totals) : format.text(totals, now);
  }

  private String none(Instant now) {
    return off != null ? off : format == null ? "off" : format.text(Totals.NONE, now);
  }

  static String line(Totals totals) {
    return (totals.sessions() - totals.waiting())
        + "↑ "
        + (totals.waiting() == 0 ? "" : totals.waiting() + "! ")
        + SessionWords.dollars(totals.cost());
  }
}
