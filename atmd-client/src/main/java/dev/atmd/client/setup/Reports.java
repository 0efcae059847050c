package dev.atmd.client.setup;

import dev.atmd.client.setup.MetricsText.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the daemon says of the reports that reach it, judged. Pure. */
final class Reports {
  static final String LAST_EVENT = "atmd_agent_last_event_seconds";
  static final String EVENTS = "atmd_agent_events_total";
  static final String UNKNOWN_EVENTS = "atmd_agent_unknown_events_total";
  static final String UNKNOWN_FIELDS = "atmd_agent_unknown_fields_total";
  static final String SPOOL = "atmd_spool_waiting";

  /** Senders and the daemon are on one machine, but containers and suspended ones differ. */
  private static final Duration TOLERATED_SKEW = Duration.ofSeconds(5);

  private static final int MAX_NAMES = 5;

  private final MetricsText metrics;
  private final Instant now;

  Reports(MetricsText metrics, Instant now) {
    this.metrics = metrics;
    this.now = now;
  }

  /** What came of each harness that is connected or has reported. */
  List<Finding> findings(List<String> connected) {
    var findings = new ArrayList<Finding>();
    var last = lastEvents();
    for (var harness : connected) {
      if (!last.containsKey(harness)) {
        findings.add(
            Finding.warning(
                "events of " + harness,
                "none reported since the daemon started",
                "start " + harness + ", or restart it if it was running before `atm setup`"));
      }
    }
    last.forEach((harness, at) -> findings.add(lastEvent(harness, at)));
    findings.addAll(unknown(UNKNOWN_EVENTS, "unknown events"));
    findings.addAll(unknown(UNKNOWN_FIELDS, "unknown fields"));
    findings.addAll(spool());
    return findings;
  }

  private Map<String, Instant> lastEvents() {
    var last = new TreeMap<String, Instant>();
    for (var sample : metrics.named(LAST_EVENT)) {
      if (sample.value() > 0) {
        last.put(sample.label("harness"), Instant.ofEpochMilli((long) (sample.value() * 1_000)));
      }
    }
    return last;
  }

  private Finding lastEvent(String harness, Instant at) {
    var age = Duration.between(at, now);
    if (age.compareTo(TOLERATED_SKEW.negated()) < 0) {
      return Finding.warning(
          "clock",
          "an event of " + harness + " is from " + words(age.negated()) + " in the future",
          "set the clock of the machine or container that it runs on");
    }
    var count =
        metrics.named(EVENTS).stream()
            .filter(sample -> sample.label("harness").equals(harness))
            .mapToDouble(Sample::value)
            .sum();
    var all = count > 0 ? ", " + (long) count + " in all" : "";
    return Finding.ok("events of " + harness, "the last one " + words(age) + " ago" + all);
  }

  private List<Finding> unknown(String metric, String topic) {
    var names = new TreeMap<String, List<String>>();
    for (var sample : metrics.named(metric)) {
      if (sample.value() > 0) {
        names
            .computeIfAbsent(sample.label("harness"), _ -> new ArrayList<>())
            .add(sample.label("name"));
      }
    }
    return names.entrySet().stream()
        .map(each ->
            Finding.warning(
                topic + " of " + each.getKey(),
                listed(each.getValue()),
                "nothing is lost that this atmd knows; look for a newer one"))
        .toList();
  }

  private static String listed(List<String> names) {
    var shown = names.stream().sorted().limit(MAX_NAMES).collect(Collectors.joining(", "));
    return names.size() > MAX_NAMES
        ? shown + " and " + (names.size() - MAX_NAMES) + " more"
        : shown;
  }

  private List<Finding> spool() {
    var waiting = metrics.sum(SPOOL);
    if (waiting.isEmpty()) {
      return List.of();
    }
    var count = (long) waiting.getAsDouble();
    return List.of(
        count == 0
            ? Finding.ok("spool", "no event waits")
            : Finding.warning(
                "spool",
                count + (count == 1 ? " event waits" : " events wait") + " to be read",
                "if this stays so, restart the daemon: `atmd restart`"));
  }

  private static String words(Duration age) {
    var seconds = Math.max(0, age.toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    var minutes = seconds / 60;
    return minutes < 120 ? minutes + " min" : minutes / 60 + " h";
  }
}
