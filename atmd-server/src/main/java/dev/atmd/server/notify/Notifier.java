package dev.atmd.server.notify;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import dev.atmd.core.registry.EventSink;
import dev.atmd.core.registry.RemovalReason;
import dev.atmd.core.registry.SessionEvent;
import dev.atmd.core.registry.SessionEvent.Registered;
import dev.atmd.core.registry.SessionEvent.Removed;
import dev.atmd.core.registry.SessionEvent.Updated;
import dev.atmd.core.session.RateLimits;
import dev.atmd.core.session.Session;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.SessionState;
import dev.atmd.core.text.Secrets;
import dev.atmd.core.text.TerminalText;
import dev.atmd.protocol.message.DaemonMessage;
import dev.atmd.protocol.message.DaemonMessage.Failed;
import dev.atmd.protocol.message.ErrorCode;
import dev.atmd.server.files.StartException;
import dev.atmd.server.net.Notices;
import dev.atmd.server.notify.Notice.Kind;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watches the sessions and tells a person what {@link NotifyPolicy} decides. In the registry's turn
 * it is only noted who has changed; "atmd-notify" decides, and the {@link Courier} waits for the
 * world.
 */
public final class Notifier implements EventSink, Notices, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Notifier.class.getName());

  /** Changes that wait to be judged; there are far more updates than changes. */
  private static final int QUEUE = 4_096;

  private final NotifyConfig config;
  private final InstantSource clock;
  private final NotifyGauges gauges;
  private final NotifyPolicy policy;
  private final List<Channel> channels;
  private final Deliveries deliveries = new Deliveries();
  private final Courier courier;
  private final BlockingQueue<Change> changes = new ArrayBlockingQueue<>(QUEUE);
  private final Thread thread =
      Thread.ofPlatform().name("atmd-notify").daemon().unstarted(this::run);

  /** What was noted of each session last. Only who has the registry's turn has it. */
  private final Map<SessionId, Noted> noted = new HashMap<>();

  public Notifier(NotifyConfig config, InstantSource clock, NotifyGauges gauges) {
    this.config = config;
    this.clock = clock;
    this.gauges = gauges;
    this.policy = new NotifyPolicy(config);
    this.channels = Courier.channels(config);
    this.courier = new Courier(clock, deliveries, gauges);
  }

  /**
   * Nobody is to find out afterwards that others have read along.
   *
   * @throws StartException if notices would go where they must not; the message says what to do
   */
  public static void check(NotifyConfig config) throws StartException {
    var problem = config.webhook().problem();
    if (problem.isPresent()) {
      throw new StartException(problem.get());
    }
  }

  private record Noted(SessionState state, @Nullable RateLimits limits) {}

  /** Something to be judged. */
  private sealed interface Change {
    record Seen(Sight sight) implements Change {}

    record Gone(SessionId id, boolean died) implements Change {}
  }

  public void start() {
    if (config.webhook().isPlain()) {
      LOG.log(
          WARNING,
          "notify.webhook is plain http to another machine: whoever is on the way can read and"
              + " change what is told");
    }
    thread.start();
  }

  @Override
  public void accept(SessionEvent event) {
    switch (event) {
      case Registered(_, var session) -> note(session);
      case Updated(_, var session) -> note(session);
      case Removed(_, var id, var reason, _) -> {
        if (noted.remove(id) != null) {
          offer(new Change.Gone(id, reason == RemovalReason.PROCESS_DIED));
        }
      }
    }
  }

  /** A parent shows what its subagents ask, so these are not told of. */
  private void note(Session session) {
    var known = noted.get(session.id());
    var isKnown =
        known != null
            && known.state.equals(session.state())
            && Objects.equals(known.limits, session.limits());
    if (!isKnown && session.links().parent() == null && offer(new Change.Seen(Sight.of(session)))) {
      noted.put(session.id(), new Noted(session.state(), session.limits()));
    }
  }

  private boolean offer(Change change) {
    var isTaken = changes.offer(change);
    if (!isTaken) {
      gauges.noticeDropped();
    }
    return isTaken;
  }

  @Override
  public void endOfBatch() {}

  @Override
  public CompletableFuture<DaemonMessage> test() {
    if (!config.isOn()) {
      return CompletableFuture.completedFuture(
          Failed.of(
              ErrorCode.NO_CHANNEL,
              "nobody is told anything: notify.channels is empty (see config/atmd.toml)"));
    }
    var notice =
        new Notice(
            Kind.NEEDS_INPUT,
            SessionId.of("test"),
            "atm",
            null,
            null,
            "atm needs input",
            "This is a test; nothing waits for you.",
            clock.instant(),
            false);
    return courier.carry(notice, chosen(config.channels()), false).thenApply(_ -> latest());
  }

  @Override
  public DaemonMessage latest() {
    return new DaemonMessage.Notices(deliveries.all());
  }

  private void run() {
    try {
      while (true) {
        var patience = policy.untilDue(clock.instant());
        var change =
            patience.isEmpty()
                ? changes.take()
                : changes.poll(Math.max(0, patience.get().toNanos()), TimeUnit.NANOSECONDS);
        judge(change);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** A bug in one of them must not end the others. */
  private void judge(@Nullable Change change) {
    try {
      var now = clock.instant();
      switch (change) {
        case Change.Seen(var sight) -> policy.seen(sight, now).forEach(this::send);
        case Change.Gone(var id, var died) -> policy.gone(id, died, now).forEach(this::send);
        case null -> {}
      }
      policy.due(now).forEach(this::send);
    } catch (RuntimeException bug) {
      LOG.log(ERROR, "failed at judging a change", bug);
    }
  }

  private void send(Notice raw) {
    var notice = presentable(raw);
    courier.execute(() -> {
      try {
        carry(notice);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    });
  }

  private void carry(Notice notice) throws InterruptedException {
    var quiet = config.quiet();
    if (quiet != null && quiet.contains(LocalTime.ofInstant(notice.at(), ZoneId.systemDefault()))) {
      deliveries.add(notice, "none", "not told: quiet hours", true, clock.instant());
    } else if (Pane.isInFocus(notice.pane())) {
      deliveries.add(notice, "none", "not told: its pane is on the screen", true, clock.instant());
    } else {
      var words = notice.repeated() ? config.escalation() : config.channels();
      var _ = courier.carry(notice, chosen(words), true);
    }
  }

  private Collection<Channel> chosen(Set<String> words) {
    return channels.stream().filter(channel -> words.contains(channel.word())).toList();
  }

  /** Nothing secret leaves, and nothing acts on whatever shows it. */
  private static Notice presentable(Notice notice) {
    return new Notice(
        notice.kind(),
        notice.session(),
        notice.harness(),
        notice.project(),
        notice.pane(),
        words(notice.title()),
        words(notice.text()),
        notice.at(),
        notice.repeated());
  }

  private static String words(String text) {
    var line = TerminalText.neutral(Secrets.masked(text).replaceAll("\\s+", " ").strip());
    return line.length() <= 300 ? line : line.substring(0, 299) + "…";
  }

  @Override
  public void close() {
    thread.interrupt();
    courier.close();
  }
}
