package dev.atmd.client.top;

import dev.atmd.client.SessionFeed;
import dev.atmd.client.feed.FeedEvent;
import dev.atmd.client.feed.FeedEvent.Back;
import dev.atmd.client.feed.FeedEvent.Lost;
import dev.atmd.client.feed.FeedEvent.News;
import dev.atmd.client.feed.FeedQueue;
import dev.atmd.client.feed.FeedRelay;
import dev.atmd.client.text.Script;
import dev.atmd.client.top.Happening.Answered;
import dev.atmd.client.top.Happening.Fed;
import dev.atmd.client.top.Happening.Pressed;
import dev.atmd.client.top.Happening.Resized;
import dev.atmd.client.top.Happening.Suspended;
import dev.atmd.core.session.SessionFilter;
import dev.atmd.protocol.message.Detail;
import dev.atmd.protocol.message.SubscribeRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The dashboard on a terminal, until its user leaves it. Confined to the thread that runs it; owns
 * the threads {@code atm-keys} and {@code atm-deeds}, and the feed.
 */
public final class Dashboard {
  /** Ten pictures a second are as many as anybody can follow. */
  private static final Duration BETWEEN_FRAMES = Duration.ofMillis(100);

  /** Ages are shown in seconds. */
  private static final Duration BETWEEN_TICKS = Duration.ofSeconds(1);

  private final Desk desk;
  private final Screen screen;
  private final Deeds deeds;
  private final InstantSource clock;
  private final FeedQueue<Happening> inbox;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("atm-deeds").daemon().factory());
  private boolean isOver;
  private boolean isNew = true;
  private long frameAt;
  private long tickAt;

  private Dashboard(
      Desk desk, Screen screen, Deeds deeds, InstantSource clock, FeedQueue<Happening> inbox) {
    this.desk = desk;
    this.screen = screen;
    this.deeds = deeds;
    this.clock = clock;
    this.inbox = inbox;
  }

  /**
   * What is shown, and how.
   *
   * @param isRedacted for a screen on a wall: no prompts, paths, commands and questions, and
   *     nothing can be done to a session
   */
  public record Options(Path socket, Theme theme, Script script, boolean isRedacted) {}

  /** Shows the sessions until its user leaves. */
  public static void run(
      Options options, Map<String, String> environment, InstantSource clock, ZoneId zone)
      throws IOException {
    var inbox = new FeedQueue<Happening>();
    var request =
        new SubscribeRequest(
            SessionFilter.ALL,
            options.isRedacted() ? Detail.REDACTED : Detail.FULL,
            BETWEEN_FRAMES,
            null);
    var desk = new Desk(options.theme(), options.socket(), zone, options.isRedacted());
    var deeds =
        new Deeds(Deeds.Daemon.at(options.socket()), new Tmux(environment), new LocalProcesses());
    try (var screen = Screen.open(options.script(), inbox::put);
        var _ =
            SessionFeed.start(
                options.socket(), request, new FeedRelay(e -> putUnlessLine(inbox, e)))) {
      new Dashboard(desk, screen, deeds, clock, inbox).run();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void putUnlessLine(FeedQueue<Happening> inbox, FeedEvent event) {
    if (!(event instanceof FeedEvent.Line)) {
      inbox.put(new Fed(event));
    }
  }

  private void run() throws IOException, InterruptedException {
    frameAt = System.nanoTime();
    tickAt = frameAt + BETWEEN_TICKS.toNanos();
    try {
      while (!isOver) {
        drawWhenDue();
        @Nullable Happening happening = inbox.poll(untilNext());
        while (happening != null && !isOver) {
          take(happening);
          happening = inbox.poll(Duration.ZERO);
        }
        perform(desk.wants(clock.instant()));
      }
    } finally {
      worker.shutdownNow();
    }
  }

  private void drawWhenDue() throws IOException {
    var now = System.nanoTime();
    if (now - tickAt >= 0) {
      tickAt = now + BETWEEN_TICKS.toNanos();
      isNew = true;
    }
    if (isNew && now - frameAt >= 0) {
      screen.draw(desk.frame(clock.instant(), screen.size()));
      isNew = false;
      frameAt = now + BETWEEN_FRAMES.toNanos();
    }
  }

  private Duration untilNext() {
    var next = isNew ? frameAt : tickAt;
    return Duration.ofNanos(Math.max(0, next - System.nanoTime()));
  }

  private void take(Happening happening) throws IOException {
    switch (happening) {
      case Fed(News(var message)) -> isNew |= desk.news(message, clock.instant());
      case Fed(Lost(var cause, var retryIn)) -> {
        desk.lost(String.valueOf(cause.getMessage()), retryIn, clock.instant());
        isNew = true;
      }
      case Fed(Back _) -> {
        desk.back();
        isNew = true;
      }
      case Fed(FeedEvent.Line _) -> {}
      case Answered(var told) -> isNew |= desk.told(told);
      case Pressed(var key) -> {
        perform(desk.press(key));
        drawSoon();
      }
      case Resized _ -> {
        screen.clear();
        drawSoon();
      }
      case Suspended _ -> {
        screen.suspend();
        drawSoon();
      }
    }
  }

  /** Whoever pressed a key is looking. */
  private void drawSoon() {
    isNew = true;
    frameAt = System.nanoTime();
  }

  private void perform(List<Effect> effects) throws IOException {
    for (var effect : effects) {
      switch (effect) {
        case Effect.Quit _ -> isOver = true;
        case Effect.Redraw _ -> screen.clear();
        case Effect.Clear _ -> {} // Done by the desk.
        case Effect.Recall _, Effect.Jump _, Effect.Inspect _, Effect.Peek _, Effect.Perform _ ->
            worker.execute(() -> deeds.perform(effect).map(Answered::new).ifPresent(inbox::put));
      }
    }
  }
}
