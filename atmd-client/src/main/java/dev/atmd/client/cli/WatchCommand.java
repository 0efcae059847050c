package dev.atmd.client.cli;

import dev.atmd.client.SessionFeed;
import dev.atmd.client.cli.FeedEvent.Back;
import dev.atmd.client.cli.FeedEvent.Line;
import dev.atmd.client.cli.FeedEvent.Lost;
import dev.atmd.client.cli.FeedEvent.News;
import dev.atmd.core.session.SessionFilter;
import dev.atmd.core.text.TerminalText;
import dev.atmd.protocol.message.Detail;
import dev.atmd.protocol.message.SubscribeRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code atm watch}: the sessions as they change, until it is stopped. */
@Command(
    name = "watch",
    description = {
      "Shows the sessions as they change: on a terminal as a table, else one line per change.",
      "Ctrl-C ends it. If the daemon goes away it is awaited."
    })
final class WatchCommand extends DaemonCommand {
  /** Ten pictures a second are as many as anybody can follow. */
  private static final Duration BETWEEN_FRAMES = Duration.ofMillis(100);

  /** Ages are shown in seconds. */
  private static final Duration BETWEEN_TICKS = Duration.ofSeconds(1);

  @Option(names = "--json", description = "Print each message of the daemon as it came.")
  private boolean json;

  @Option(
      names = "--redacted",
      description = "For a screen on a wall: no prompts, paths, commands and questions.")
  private boolean redacted;

  @Override
  void run(Atm atm, PrintWriter out) throws IOException {
    // Whoever starts to watch wants to know at once that there is nothing to watch.
    atm.connect().close();
    var terminal = atm.surroundings().terminal();
    var events = new FeedQueue();
    try (var _ = SessionFeed.start(atm.socket(), request(terminal.isInteractive()), events)) {
      if (json) {
        printMessages(events, out);
      } else if (terminal.isInteractive()) {
        draw(events, new LiveView(atm.socket(), atm.surroundings().paint()), atm, out);
      } else {
        printChanges(events, out, atm.surroundings());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** A picture shows only what is newest when it is drawn. */
  private SubscribeRequest request(boolean isPicture) {
    return new SubscribeRequest(
        SessionFilter.ALL,
        redacted ? Detail.REDACTED : Detail.FULL,
        isPicture && !json ? BETWEEN_FRAMES : Duration.ZERO,
        null);
  }

  private void printMessages(FeedQueue events, PrintWriter out) throws InterruptedException {
    while (!out.checkError()) {
      switch (events.take()) {
        case Line(var line) -> out.println(TerminalText.neutralJson(line));
        case Lost lost -> tell(lost);
        case Back _, News _ -> {}
      }
    }
  }

  private void printChanges(FeedQueue events, PrintWriter out, Surroundings surroundings)
      throws InterruptedException {
    var log = new ChangeLog();
    while (!out.checkError()) {
      switch (events.take()) {
        case News(var message) ->
            log.lines(message, surroundings.clock().instant()).forEach(out::println);
        case Lost lost -> tell(lost);
        case Back _, Line _ -> {}
      }
    }
  }

  private void tell(Lost lost) {
    err()
        .println(
            "atm: "
                + TerminalText.neutral(String.valueOf(lost.cause().getMessage()))
                + "; trying again in "
                + lost.retryIn().toMillis()
                + " ms");
  }

  private static void draw(FeedQueue events, LiveView view, Atm atm, PrintWriter out)
      throws InterruptedException {
    var surroundings = atm.surroundings();
    var size = surroundings.terminal().size();
    try (var screen = AlternateScreen.enter(out)) {
      var isNew = true;
      var frameAt = System.nanoTime();
      var tickAt = frameAt;
      while (true) {
        var now = System.nanoTime();
        if (now - tickAt >= 0) {
          size = surroundings.terminal().size();
          tickAt = now + BETWEEN_TICKS.toNanos();
          isNew = true;
        }
        if (isNew && now - frameAt >= 0) {
          if (!screen.draw(view.frame(surroundings.clock().instant(), size))) {
            return;
          }
          isNew = false;
          frameAt = now + BETWEEN_FRAMES.toNanos();
        }
        var event = events.poll(Duration.ofNanos((isNew ? frameAt : tickAt) - System.nanoTime()));
        isNew |= event != null && view.apply(event);
      }
    }
  }
}
