package dev.atmd.client.setup;

import dev.atmd.client.AtmdClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Looks at everything between the harnesses and the daemon. Changes nothing. */
public final class Doctor {
  private static final Path LEGACY_NAME = Path.of("/tmp/atm.sock");
  private static final String DAEMON = "daemon";

  private final Path socket;
  private final Map<String, String> environment;
  private final InstantSource clock;
  private final List<Finding> findings = new ArrayList<>();

  private Doctor(Path socket, Map<String, String> environment, InstantSource clock) {
    this.socket = socket;
    this.environment = environment;
    this.clock = clock;
  }

  /** All that there is to say, in the order in which reports travel backwards. */
  public static List<Finding> look(
      Path socket, Map<String, String> environment, InstantSource clock) {
    var doctor = new Doctor(socket, environment, clock);
    doctor.look();
    return List.copyOf(doctor.findings);
  }

  private void look() {
    findings.add(
        Finding.ok("java", Runtime.version() + " in " + System.getProperty("java.home", "?")));
    findings.addAll(new SocketCheck(socket, LEGACY_NAME).findings());
    var connected = lookAtHarnesses();
    try (var client = AtmdClient.connect(socket)) {
      var micros = client.ping().toNanos() / 1_000;
      findings.add(
          Finding.ok(
              DAEMON,
              String.format(
                  Locale.ROOT,
                  "answers in %d.%03d ms, protocol %s",
                  micros / 1_000,
                  micros % 1_000,
                  client.version())));
      var metrics = MetricsText.of(client.metrics());
      findings.addAll(StoreReport.findings(metrics));
      findings.addAll(ExportReport.findings(metrics));
      findings.addAll(new Reports(metrics, clock.instant()).findings(connected));
    } catch (IOException e) {
      findings.add(
          Finding.problem(DAEMON, String.valueOf(e.getMessage()), "see `atmd status` and its log"));
    }
  }

  /** Answers the words of those that are connected. */
  private List<String> lookAtHarnesses() {
    var installation = Installation.find(environment).orElse(null);
    if (installation == null || !installation.isComplete()) {
      findings.add(
          Finding.problem(
              "atm-hook",
              installation == null
                  ? "cannot tell where atm is installed"
                  : "no executable file " + installation.sender().program(),
              "install atmd again; harnesses have nothing to call"));
    }
    if (installation == null) {
      return List.of();
    }
    var connected = new ArrayList<String>();
    var found = 0;
    for (var connection : Connections.of(installation, environment)) {
      if (!connection.isFound()) {
        continue;
      }
      found++;
      var finding = connected(connection);
      findings.add(finding);
      if (finding.level() == Finding.Level.OK) {
        connected.add(connection.harness().tag());
      }
    }
    if (found == 0) {
      findings.add(Finding.warning("harnesses", "none was found", "name one: `atm setup claude`"));
    }
    return connected;
  }

  private static Finding connected(Connection connection) {
    var topic = connection.harness().displayName();
    var command = "`atm setup " + connection.harness().tag() + "`";
    try {
      var off = connection.switchedOff();
      if (!off.isEmpty()) {
        return Finding.warning(
            topic,
            "disableAllHooks is true in " + off.getFirst(),
            "nothing can be reported until it is false");
      }
      return switch (connection.presence()) {
        case CURRENT -> Finding.ok(topic, "connected, up to date");
        case OUTDATED -> Finding.warning(topic, "connected by another version or in part", command);
        case MISSING -> Finding.warning(topic, "not connected", command);
      };
    } catch (IOException e) {
      return Finding.problem(
          topic, String.valueOf(e.getMessage()), "mend the file, then " + command);
    }
  }
}
