package dev.atmd.client.setup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** The samples of a Prometheus text. What is no sample is passed over. */
record MetricsText(List<Sample> samples) {
  private static final Pattern SAMPLE =
      Pattern.compile("([A-Za-z_:][A-Za-z0-9_:]*)(?:\\{(.*)})?\\s+(\\S+)(?:\\s+-?[0-9]+)?");
  private static final Pattern LABEL =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*+)\"");

  MetricsText {
    samples = List.copyOf(samples);
  }

  /** One number and what it is of. */
  record Sample(String name, Map<String, String> labels, double value) {
    Sample {
      labels = Map.copyOf(labels);
    }

    String label(String key) {
      return labels.getOrDefault(key, "");
    }
  }

  static MetricsText of(String text) {
    var samples = new ArrayList<Sample>();
    for (var line : text.split("\n", -1)) {
      var matcher = SAMPLE.matcher(line.strip());
      if (line.startsWith("#") || !matcher.matches()) {
        continue;
      }
      try {
        var labels = matcher.group(2) == null ? "" : matcher.group(2);
        samples.add(
            new Sample(matcher.group(1), labels(labels), Double.parseDouble(matcher.group(3))));
      } catch (NumberFormatException _) {
        // "+Inf" and the like are of no use here.
      }
    }
    return new MetricsText(samples);
  }

  private static Map<String, String> labels(String text) {
    var labels = new HashMap<String, String>();
    var matcher = LABEL.matcher(text);
    while (matcher.find()) {
      labels.put(matcher.group(1), matcher.group(2).replaceAll("\\\\(.)", "$1"));
    }
    return labels;
  }

  List<Sample> named(String name) {
    return samples.stream().filter(sample -> sample.name().equals(name)).toList();
  }

  /** The sum of all samples of this name; nothing if there are none. */
  OptionalDouble sum(String name) {
    var found = named(name);
    return found.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(found.stream().mapToDouble(Sample::value).sum());
  }
}
