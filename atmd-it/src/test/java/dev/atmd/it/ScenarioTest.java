package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The catalogue: what agents do, as their harnesses tell it, and what must be shown. One file under
 * {@code scenarios/<harness>/} is one scenario; all share one daemon, as agents do.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.atmd.it.Way#roomy")
final class ScenarioTest {
  private static final Map<Way, TestDaemon> DAEMONS = new EnumMap<>(Way.class);
  private static final String ENDING = ".txt";

  private final TestDaemon daemon;

  ScenarioTest(Way way) {
    daemon = DAEMONS.computeIfAbsent(way, it -> it.start("housekeeping.liveness_seconds=0.1"));
  }

  @AfterAll
  static void stop() {
    DAEMONS.values().forEach(TestDaemon::close);
    DAEMONS.clear();
  }

  static List<Scenario> scenarios() throws IOException, URISyntaxException {
    var directory = ScenarioTest.class.getResource("/scenarios");
    assertThat(directory).as("the directory of the scenarios").isNotNull();
    var root = Path.of(directory.toURI());
    try (var files = Files.walk(root)) {
      var scenarios =
          files.filter(Files::isRegularFile).sorted().map(file -> read(root, file)).toList();
      assertThat(scenarios).as("scenarios in " + root).isNotEmpty();
      return scenarios;
    }
  }

  private static Scenario read(Path root, Path file) {
    var name = root.relativize(file).toString();
    assertThat(name).as("the name of a scenario").matches("[a-z]+/[a-z0-9-]+\\" + ENDING);
    try {
      return ScenarioReader.read(name.replace(ENDING, ""), Files.readString(file));
    } catch (IOException e) {
      throw new AssertionError("cannot be read: " + file, e);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void showsWhatIsTrue(Scenario scenario) {
    try (var cast = new Cast();
        var client = daemon.connect()) {
      client
          .send(Wire.messageOf(1, "connect", Wire.fields("client_id", cast.id("agent"))))
          .expect("connected");
      for (var step : scenario.steps()) {
        take(step, cast, client)
            .ifPresent(wrong ->
                fail(
                    "%s%n%s%nline %d: %s%n%s",
                    scenario, scenario.description(), step.line(), step, wrong));
      }
    }
  }

  /** Takes the step and answers what is wrong after it. */
  private static Optional<String> take(Scenario.Step step, Cast cast, TestClient client) {
    return switch (step) {
      case Scenario.Send send -> {
        client.send(event(send, cast));
        var answers = client.untilPong();
        yield answers.isEmpty()
            ? wrong(step, cast, client)
            : Optional.of("the daemon answered " + answers);
      }
      case Scenario.Start start -> {
        cast.start(start.process());
        yield wrong(step, cast, client);
      }
      case Scenario.Kill kill -> {
        cast.kill(kill.process());
        yield wrongForLong(step, cast, client);
      }
    };
  }

  private static String event(Scenario.Send send, Cast cast) {
    var message = Wire.fields("harness", send.harness());
    var options = send.options();
    var pid = options.getOrDefault("pid", "main");
    if (!pid.equals("none")) {
      message.put("pid", cast.pid(pid));
    }
    if (options.containsKey("at")) {
      message.put("at", cast.time(options.get("at")).toString());
    }
    if (options.containsKey("id")) {
      message.put("id", cast.id(options.get("id")));
    }
    if (options.containsKey("event")) {
      message.put("event", options.get("event"));
    }
    message.put("data", Wire.parse(cast.filledIn(send.payload().toString())));
    return Wire.messageOf(1, "agent_event", message);
  }

  /** What no process death announces is waited for. */
  private static Optional<String> wrongForLong(Scenario.Step step, Cast cast, TestClient client) {
    var last = new AtomicReference<>(Optional.<String>empty());
    try {
      Waiting.until(
          "the step has its effect",
          () -> {
            last.set(wrong(step, cast, client));
            return last.get().isEmpty();
          });
    } catch (AssertionError late) {
      return last.get().map(wrong -> wrong + "\n" + late.getMessage());
    }
    return Optional.empty();
  }

  private static Optional<String> wrong(Scenario.Step step, Cast cast, TestClient client) {
    var own = cast.own(client.list());
    var wrong =
        step.expectations().stream()
            .flatMap(expectation -> expectation.mismatch(cast, own).stream())
            .collect(Collectors.joining("\n"));
    return wrong.isEmpty()
        ? Optional.empty()
        : Optional.of(wrong + "\nall sessions of it:" + shown(own));
  }

  private static String shown(List<JsonNode> sessions) {
    return sessions.stream().map(session -> "\n  " + session).collect(Collectors.joining());
  }
}
