package dev.atmd.client.cli;

import dev.atmd.client.SessionFeed;
import dev.atmd.client.feed.FeedEvent;
import dev.atmd.client.feed.FeedEvent.News;
import dev.atmd.client.feed.FeedQueue;
import dev.atmd.core.text.TerminalText;
import dev.atmd.protocol.message.SubscribeRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code atm wait}: holds a script until sessions are in a state. */
@Command(
    name = "wait",
    description = {
      "Waits until sessions are as asked, and prints the ids of those that are.",
      "  attention  one of them needs input",
      "  idle       none of them works or needs input",
      "  settled    the same, and none of their subagents does either",
      "It waits for one to appear if there is none; one that ends is idle and settled.",
      "A daemon that goes away meanwhile is awaited."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it is so",
      "1:it failed, or no daemon can be reached",
      "2:the command line makes no sense",
      "3:it was not so in time"
    })
final class WaitCommand extends DaemonCommand {
  private static final int TOO_LATE = 3;

  @Option(
      names = "--until",
      required = true,
      paramLabel = "WHAT",
      converter = OfGoal.class,
      completionCandidates = OfGoal.Candidates.class,
      description = "attention, idle or settled.")
  @SuppressWarnings("NullAway.Init")
  private Goal goal;

  @Option(
      names = "--session",
      paramLabel = "ID",
      description = "Only this one: its id, or the beginning of it.")
  private @Nullable String session;

  @Option(
      names = "--project",
      paramLabel = "PART",
      description = "Only those whose project root contains this.")
  private @Nullable String project;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      converter = OfSeconds.class,
      description = "How long at most, such as 90 or 0.5; without it for ever.")
  private @Nullable Duration timeout;

  @Override
  void run(Atm atm, PrintWriter out) throws IOException {
    perform(atm, out);
  }

  @Override
  int perform(Atm atm, PrintWriter out) throws IOException {
    // Whoever waits wants to know at once that there is nothing to wait for.
    atm.connect().close();
    var events = new FeedQueue<FeedEvent>();
    var wait = new Wait(goal, session, project);
    var end = timeout == null ? null : System.nanoTime() + timeout.toNanos();
    try (var _ = SessionFeed.start(atm.socket(), SubscribeRequest.ALL, FeedQueue.into(events))) {
      while (true) {
        var event = end == null ? events.take() : events.poll(left(end));
        if (event instanceof News(var message) && wait.isOverWith(message)) {
          wait.ids().forEach(id -> out.println(TerminalText.neutral(id)));
          return 0;
        }
        if (end != null && left(end).isZero()) {
          return TOO_LATE;
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted");
    }
  }

  private static Duration left(long end) {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  /** What is waited for. */
  enum Goal {
    ATTENTION,
    IDLE,
    SETTLED
  }

  /** A goal by its name. */
  static final class OfGoal implements ITypeConverter<Goal> {
    @Override
    public Goal convert(String word) {
      for (var goal : Goal.values()) {
        if (goal.name().toLowerCase(Locale.ROOT).equals(word)) {
          return goal;
        }
      }
      throw new TypeConversionException("'" + word + "' is none of attention, idle, settled");
    }

    /** What a shell may complete it to. */
    static final class Candidates extends java.util.ArrayList<String> {
      @java.io.Serial private static final long serialVersionUID = 1L;

      Candidates() {
        super(java.util.List.of("attention", "idle", "settled"));
      }
    }
  }

  /** A number of seconds. */
  static final class OfSeconds implements ITypeConverter<Duration> {
    /** A year: longer than anybody waits, and far from what a clock can count. */
    private static final double MAX = 365 * 86_400.0;

    @Override
    public Duration convert(String word) {
      try {
        var seconds = Double.parseDouble(word);
        if (seconds >= 0 && seconds <= MAX) {
          return Duration.ofNanos((long) (seconds * 1e9));
        }
      } catch (NumberFormatException _) {
        // Said below.
      }
      throw new TypeConversionException("'" + word + "' is no number of seconds");
    }
  }
}
