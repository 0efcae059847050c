package dev.atmd.client;

import static dev.atmd.client.Views.line;
import static dev.atmd.client.Views.list;
import static dev.atmd.client.Views.view;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.client.AtmdException.ConnectionLost;
import dev.atmd.client.AtmdException.NotReachable;
import dev.atmd.client.AtmdException.TimedOut;
import dev.atmd.core.session.Status;
import dev.atmd.protocol.message.DaemonMessage.SessionList;
import dev.atmd.protocol.message.DaemonMessage.SessionRemoved;
import dev.atmd.protocol.message.DaemonMessage.SessionUpdated;
import dev.atmd.protocol.message.SubscribeRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SessionFeedTest {
  private static final Duration NEVER = Duration.ofDays(1);

  @TempDir private Path directory;
  private Path socket = Path.of("");

  private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
  private final BlockingQueue<Duration> pauses = new LinkedBlockingQueue<>();
  private final BlockingQueue<Boolean> wakeUps = new LinkedBlockingQueue<>();

  @BeforeEach
  void chooseSocket() {
    socket = directory.resolve("d.sock");
  }

  @Test
  void tellsWhatHappens() throws Exception {
    var list = list(1, view("a", Status.IDLE));
    var update = new SessionUpdated(view("a", Status.WORKING), 2, "run-1");
    var removal = new SessionRemoved("a", 3, "run-1", "ended", null);
    FakeDaemon.Answers answers = _ -> List.of(line(list), line(update), line(removal));
    try (var _ = FakeDaemon.answering(socket, answers);
        var _ = feed(NEVER)) {
      expect(line(list), list, line(update), update, line(removal), removal);
    }
  }

  @Test
  void reconnectsOnceTheDaemonIsBack() throws Exception {
    var before = list(7, view("a", Status.IDLE));
    var after = new SessionList(List.of(view("b", Status.IDLE)), 1, "run-2");
    var first = FakeDaemon.answering(socket, _ -> List.of(line(before)));
    try (var _ = feed(NEVER)) {
      expect(line(before), before);

      first.close();
      assertThat(take()).isInstanceOf(ConnectionLost.class);
      wakeUps.add(true);
      assertThat(take()).isInstanceOf(NotReachable.class);
      try (var _ = FakeDaemon.answering(socket, _ -> List.of(line(after)))) {
        wakeUps.add(true);
        expect("back", line(after), after);
      }
      var waited = new ArrayList<Duration>();
      pauses.drainTo(waited, 2);
      assertThat(waited.get(0)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
      assertThat(waited.get(1)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    } finally {
      first.close();
    }
  }

  @Test
  void pingsAQuietDaemonAndLeavesADeadOne() throws Exception {
    var list = list(1);
    FakeDaemon.Answers answers =
        line -> line.contains("\"subscribe\"") ? List.of(line(list)) : List.of();
    try (var daemon = FakeDaemon.answering(socket, answers);
        var _ = feed(Duration.ofMillis(20))) {
      expect(line(list), list);
      assertThat(take()).isInstanceOf(TimedOut.class);
      assertThat(daemon.heard().getLast()).contains("\"ping\"");
    }
  }

  @Test
  void endsWhileItWaitsForTheDaemon() throws Exception {
    try (var _ = feed(NEVER)) {
      assertThat(take()).isInstanceOf(NotReachable.class);
    }

    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("atmd-feed");
  }

  private SessionFeed feed(Duration pingEvery) {
    return SessionFeed.start(
        () -> AtmdClient.connect(socket),
        SubscribeRequest.ALL,
        new Recorder(),
        new SplittableRandom(1),
        delay -> {
          pauses.add(delay);
          wakeUps.take();
        },
        pingEvery);
  }

  private void expect(Object... events) throws InterruptedException {
    for (var event : events) {
      assertThat(take()).isEqualTo(event);
    }
  }

  private Object take() throws InterruptedException {
    var next = heard.poll(10, TimeUnit.SECONDS);
    assertThat(next).as("nothing more was heard").isNotNull();
    return next == null ? "" : next;
  }

  private final class Recorder implements SessionListener {
    @Override
    public void received(String json) {
      heard.add(json);
    }

    @Override
    public void list(SessionList list) {
      heard.add(list);
    }

    @Override
    public void updated(SessionUpdated update) {
      heard.add(update);
    }

    @Override
    public void removed(SessionRemoved removal) {
      heard.add(removal);
    }

    @Override
    public void disconnected(IOException cause, Duration retryIn) {
      heard.add(cause);
    }

    @Override
    public void reconnected() {
      heard.add("back");
    }
  }
}
