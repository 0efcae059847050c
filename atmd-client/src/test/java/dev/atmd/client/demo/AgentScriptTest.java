package dev.atmd.client.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.client.demo.AgentScript.Identity;
import dev.atmd.core.session.Activity;
import dev.atmd.core.session.LifecycleEvent;
import dev.atmd.core.session.LifecycleEvent.SessionEnded;
import dev.atmd.core.session.Money;
import dev.atmd.core.session.SessionState.Idle;
import dev.atmd.core.session.StatePolicy;
import dev.atmd.core.session.Status;
import dev.atmd.protocol.json.ClientMessageReader;
import dev.atmd.protocol.json.ClientMessageWriter;
import dev.atmd.protocol.message.ClientLine.Understood;
import dev.atmd.protocol.message.ClientMessage;
import dev.atmd.protocol.message.ClientMessage.LifecycleUpdate;
import dev.atmd.protocol.message.ClientMessage.StatusUpdate;
import dev.atmd.protocol.message.ProtocolVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AgentScriptTest {
  private static final Identity WHO =
      new Identity("5b1c7a52-90d4", 4711, "/home/dev/\"shop\"\\", "%3");

  static Stream<AgentScript> scripts() {
    return IntStream.range(0, 5)
        .boxed()
        .flatMap(seed -> Stream.of(new ClaudeScript(WHO, seed), new PiScript(WHO, seed)));
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void saysOnlyWhatADaemonUnderstands(AgentScript script) {
    assertThat(messages(script, 200))
        .hasSize(200)
        .allSatisfy(message ->
            assertThat(message).isInstanceOfAny(StatusUpdate.class, LifecycleUpdate.class));
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void worksRestsAndAsksWithinSeconds(AgentScript script) {
    var seen = EnumSet.noneOf(Status.class);
    var elapsed = Duration.ZERO;
    var activity = new Activity();
    while (seen.size() < 3 && elapsed.toSeconds() < 120) {
      var report = script.next();
      if (message(report) instanceof LifecycleUpdate(var said, _)) {
        var _ = StatePolicy.apply(activity, said.event());
      }
      elapsed = elapsed.plus(report.pause());
      if (report.pause().toMillis() > 0) {
        seen.add(StatePolicy.stateOf(activity, new Idle(Instant.EPOCH), Instant.EPOCH).status());
      }
    }
    assertThat(seen).as("after %s", elapsed).hasSize(3);
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void spendsMoreAndMore(AgentScript script) {
    var costs = new ArrayList<Money>();
    for (var message : messages(script, 200)) {
      if (message instanceof StatusUpdate(var report, _) && report.costs() != null) {
        costs.add(report.costs().total());
      } else if (message instanceof LifecycleUpdate(var report, _)
          && report.event() instanceof LifecycleEvent.UsageMeasured(_, var cost)
          && cost != null) {
        costs.add(cost);
      }
    }

    assertThat(costs).hasSizeGreaterThan(10);
    assertThat(costs.stream().map(Money::micros)).isSorted().doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void saysGoodbye(AgentScript script) {
    assertThat(message(script.farewell()))
        .isInstanceOfSatisfying(
            LifecycleUpdate.class,
            update -> assertThat(update.report().event()).isEqualTo(new SessionEnded()));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void saysTheSameForTheSameSeed(long seed) {
    assertThat(said(new ClaudeScript(WHO, seed))).isEqualTo(said(new ClaudeScript(WHO, seed)));
    assertThat(said(new ClaudeScript(WHO, seed))).isNotEqualTo(said(new ClaudeScript(WHO, ~seed)));
  }

  static Stream<Long> seeds() {
    return Stream.of(0L, 1L, 77L);
  }

  private static List<Report> said(AgentScript script) {
    return Stream.generate(script::next).limit(100).toList();
  }

  private static List<ClientMessage> messages(AgentScript script, int count) {
    return Stream.generate(script::next).limit(count).map(AgentScriptTest::message).toList();
  }

  private static ClientMessage message(Report report) {
    var line =
        new ClientMessageWriter(ProtocolVersion.CURRENT).report(report.type(), report.json());
    var read = ClientMessageReader.read(line, line.length - 1);
    assertThat(read).as(report.json()).isInstanceOf(Understood.class);
    return ((Understood) read).message();
  }
}
