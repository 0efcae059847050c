package dev.atmd.server.cli;

import dev.atmd.client.AtmdClient;
import dev.atmd.client.cli.Atm;
import dev.atmd.client.demo.SimulatedAgents;
import dev.atmd.protocol.message.SubscribeRequest;
import dev.atmd.server.Daemon;
import dev.atmd.server.log.Logs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/**
 * A short real run, from which the launcher has the JVM learn what to load at the next start: the
 * daemon with agents, a subscriber and questions, or the atm command against such a daemon.
 */
final class Training {
  /** Events that a subscriber waits for; the agents send as many within a second. */
  private static final int EVENTS = 5;

  private Training() {}

  public static void main(String[] arguments) throws Exception {
    var directory = Files.createTempDirectory("atmd-training-");
    try {
      run(directory, arguments.length > 0 ? arguments[0] : "atmd");
    } finally {
      TemporaryDirectory.delete(directory);
    }
  }

  private static void run(Path directory, String program) throws Exception {
    Atmd.execute("config", "--state-dir", directory.toString());
    var options = new ConfigOptions();
    options.placeIn(directory);
    var config = options.daemon();
    Logs.start(config, false, Clock.systemUTC());
    try (var daemon = Daemon.start(config, Clock.systemUTC());
        var _ = SimulatedAgents.start(daemon.socket())) {
      awaitEvents(daemon.socket());
      var socket = daemon.socket().toString();
      if (program.equals("atm")) {
        for (var command : new String[] {"list", "status", "ping"}) {
          Atm.execute(command, "--socket", socket);
        }
      }
    }
  }

  private static void awaitEvents(Path socket) throws Exception {
    try (var client = AtmdClient.connect(socket)) {
      client.sessions();
      client.metrics();
      var events = client.subscribe(SubscribeRequest.ALL);
      for (var i = 0; i < EVENTS; i++) {
        events.next();
      }
    }
  }
}
