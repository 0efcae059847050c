package dev.atmd.server.streams;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;

import dev.atmd.core.registry.LifecycleReport;
import dev.atmd.core.registry.RegistryCommand;
import dev.atmd.core.session.LifecycleEvent.SessionEnded;
import dev.atmd.core.session.SessionId;
import dev.atmd.protocol.json.AgentEventLine;
import dev.atmd.protocol.message.ClientLine.Understood;
import dev.atmd.protocol.message.ClientLine.Unreadable;
import dev.atmd.protocol.message.ClientMessage;
import dev.atmd.protocol.message.ClientMessage.Ignored;
import dev.atmd.protocol.message.ClientMessage.LifecycleUpdate;
import dev.atmd.protocol.message.ClientMessage.StatusUpdate;
import dev.atmd.protocol.message.ClientMessage.Unacceptable;
import dev.atmd.server.net.Intake;
import dev.atmd.server.streams.Source.Target;
import dev.atmd.server.streams.Streams.Services;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One harness that is listened to, over one connection after the other. When it is lost, the
 * sessions that only it told of are ended, and only then is it looked for again. All on one event
 * loop.
 *
 * <pre>
 * find → connect → opened → events … → lost → end its sessions → pause → find
 *    └──────┴────────┴─────────────────→ pause → find
 * </pre>
 */
final class Stream {
  private static final System.Logger LOG = System.getLogger(Stream.class.getName());

  private final Source source;
  private final Services services;
  private final ReportedSessions sessions;
  private final EventLoop loop;
  private final Intake intake;
  private final Absence absence;
  private final Pauses pauses;
  private @Nullable Connection connection;
  private boolean saidAway;
  private boolean stopped;

  Stream(Source source, Services services, ReportedSessions sessions, EventLoop loop) {
    this.source = source;
    this.services = services;
    this.sessions = sessions;
    this.loop = loop;
    this.intake = new Intake(services.registry(), loop, this::paceReading);
    this.absence = new Absence(source.harness(), sessions, intake, loop);
    this.pauses = new Pauses(services.settings().longestPause(), ThreadLocalRandom.current());
  }

  /** On any thread. */
  void start() {
    loop.execute(this::find);
  }

  /** On any thread. */
  void stop() {
    try {
      loop.execute(() -> {
        stopped = true;
        if (connection != null) {
          connection.close("the daemon stops");
        }
      });
    } catch (RejectedExecutionException _) {
      // The loop has ended, and its connections with it.
    }
  }

  private void find() {
    if (!stopped) {
      var _ =
          source
              .find()
              .whenComplete((target, failure) -> loop.execute(() -> found(target, failure)));
    }
  }

  private void found(@Nullable Target target, @Nullable Throwable failure) {
    if (stopped) {
      return;
    }
    if (target == null) {
      missed(reason(failure));
      return;
    }
    var fresh = new Connection();
    var answer = services.settings().answer().toMillis();
    var _ =
        new Bootstrap()
            .group(loop)
            .channel(target.channel())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.min(answer, 3_600_000))
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    fresh.begin(channel);
                    target.handlers().accept(channel.pipeline(), fresh);
                    channel.pipeline().addLast(new LastResort(fresh));
                  }
                })
            .connect(target.address())
            .addListener((ChannelFuture done) -> connected(fresh, done));
  }

  private void connected(Connection fresh, ChannelFuture done) {
    if (!done.isSuccess()) {
      missed(reason(done.cause()));
      return;
    }
    connection = fresh;
    if (stopped) {
      fresh.close("the daemon stops");
    }
    fresh.expectAnswer();
    var _ = done.channel().closeFuture().addListener(_ -> fresh.ended());
  }

  private void missed(String why) {
    sayAway(why);
    findAfter(Duration.ZERO);
  }

  private void findAfter(Duration lasted) {
    if (!stopped) {
      var nanos = pauses.after(lasted).toNanos();
      var _ = loop.schedule(this::find, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void sayAway(String why) {
    if (!saidAway && !stopped) {
      saidAway = true;
      LOG.log(INFO, "{0} at {1} is away: {2}", name(), source.place(), why);
    }
  }

  private void sayBack() {
    saidAway = false;
    LOG.log(INFO, "listening to {0} at {1}", name(), source.place());
  }

  private String name() {
    return source.harness().displayName();
  }

  private static String reason(@Nullable Throwable failure) {
    var cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause == null ? "unknown" : String.valueOf(cause.getMessage());
  }

  private void paceReading() {
    if (connection != null) {
      connection.paceReading();
    }
  }

  private void submit(ClientMessage message) {
    switch (message) {
      case StatusUpdate update -> submit(update.report().id(), services.reports().command(update));
      case LifecycleUpdate update when isEnd(update.report()) -> {
        sessions.ended(update.report().id());
        submit(services.reports().command(update));
      }
      case LifecycleUpdate update ->
          submit(update.report().id(), services.reports().command(update));
      case Ignored _ -> {}
      case Unacceptable(_, var text) -> skipped(text);
      default -> throw new IllegalStateException("not an event: " + message.getClass());
    }
  }

  private static boolean isEnd(LifecycleReport report) {
    return report.agentId() == null && report.event() instanceof SessionEnded;
  }

  private void submit(SessionId id, CompletableFuture<RegistryCommand> command) {
    if (sessions.saw(id)) {
      absence.isOver(id);
    }
    submit(command);
  }

  private void submit(CompletableFuture<RegistryCommand> command) {
    services.gauges().streamEvent();
    intake.submit(command, found -> found, _ -> {});
  }

  private void skipped(String why) {
    services.gauges().streamMessageSkipped();
    LOG.log(DEBUG, () -> name() + " sent a message that is skipped: " + why);
  }

  /** One connection from its beginning to its end. */
  private final class Connection implements Link {
    private @Nullable Channel channel;
    private String why = "it closed the connection";
    private boolean isOpen;
    private boolean isOver;
    private long since;

    void begin(Channel begun) {
      channel = begun;
      since = System.nanoTime();
    }

    void expectAnswer() {
      var nanos = services.settings().answer().toNanos();
      var _ =
          loop.schedule(
              () -> {
                if (!isOpen) {
                  close("it does not answer");
                }
              },
              nanos,
              TimeUnit.NANOSECONDS);
    }

    @Override
    public void opened() {
      if (!isOpen && !isOver) {
        isOpen = true;
        since = System.nanoTime();
        services.gauges().streamOpened();
        sayBack();
      }
    }

    @Override
    public void event(AgentEventLine beside, byte[] payload) {
      if (isOver || stopped) {
        return;
      }
      switch (beside.read(payload, payload.length)) {
        case Unreadable(_, var text) -> Stream.this.skipped(text);
        case Understood(_, var message, _) -> submit(message);
      }
      paceReading();
    }

    @Override
    public void skipped(String text) {
      Stream.this.skipped(text);
    }

    @Override
    public void close(String reason) {
      if (!isOver && channel != null) {
        isOver = true;
        why = reason;
        var _ = channel.close();
      }
    }

    /** Reads on only while what was read can be handed on. */
    void paceReading() {
      if (channel != null && channel.config().isAutoRead() == intake.isBehind()) {
        channel.config().setAutoRead(!intake.isBehind());
      }
    }

    void ended() {
      isOver = true;
      connection = null;
      if (!isOpen) {
        missed(why);
        return;
      }
      services.gauges().streamClosed();
      sayAway(why);
      var lasted = Duration.ofNanos(System.nanoTime() - since);
      if (!stopped) {
        absence.endAll(sessions.takeLive(), () -> findAfter(lasted));
      }
    }
  }
}
