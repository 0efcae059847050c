package dev.atmd.client.cli;

import dev.atmd.client.SessionFeed;
import dev.atmd.client.feed.FeedEvent;
import dev.atmd.client.feed.FeedEvent.Back;
import dev.atmd.client.feed.FeedEvent.Line;
import dev.atmd.client.feed.FeedEvent.Lost;
import dev.atmd.client.feed.FeedEvent.News;
import dev.atmd.client.feed.FeedQueue;
import dev.atmd.client.text.Script;
import dev.atmd.core.session.SessionFilter;
import dev.atmd.core.text.TerminalText;
import dev.atmd.protocol.message.Detail;
import dev.atmd.protocol.message.SubscribeRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code atm watch}: what changes, line by line, until it is stopped. */
@Command(
    name = "watch",
    description = {
      "Prints one line for each change of a session; `atm top` shows them all as they are.",
      "Ctrl-C ends it. If the daemon goes away it is awaited."
    })
final class WatchCommand extends DaemonCommand {
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
    var events = new FeedQueue<FeedEvent>();
    try (var _ = SessionFeed.start(atm.socket(), request(), FeedQueue.into(events))) {
      if (json) {
        printMessages(events, out, atm.script());
      } else {
        printChanges(events, out, atm.surroundings());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private SubscribeRequest request() {
    return new SubscribeRequest(
        SessionFilter.ALL, redacted ? Detail.REDACTED : Detail.FULL, Duration.ZERO, null);
  }

  private void printMessages(FeedQueue<FeedEvent> events, PrintWriter out, Script script)
      throws InterruptedException {
    while (!out.checkError()) {
      switch (events.take()) {
        case Line(var line) -> out.println(script.json(line));
        case Lost lost -> tell(lost);
        case Back _, News _ -> {}
      }
    }
  }

  private void printChanges(FeedQueue<FeedEvent> events, PrintWriter out, Surroundings surroundings)
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
}
