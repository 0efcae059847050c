package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.it.OtlpReceiver.Export;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What has been counted, by the name it is scraped under: as Prometheus text says it, or OTLP. */
final class Numbers {
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");

  private Numbers() {}

  /** Of a sample with its labels, as the text has it. */
  static double value(String scrape, String sample) {
    return scrape
        .lines()
        .filter(line -> line.startsWith(sample + " "))
        .findFirst()
        .map(line -> Double.parseDouble(line.substring(sample.length() + 1)))
        .orElseThrow(() -> new AssertionError("no " + sample + " in " + scrape));
  }

  /** What each metric is; a summary is a histogram without buckets. */
  static Map<String, String> kinds(String scrape) {
    return TYPE.matcher(scrape)
        .results()
        .collect(
            Collectors.toMap(
                line -> line.group(1),
                line -> line.group(2).replace("summary", "histogram"),
                (one, _) -> one,
                TreeMap::new));
  }

  static Map<String, String> kinds(Export export) {
    return export.metrics().stream()
        .collect(Collectors.toMap(Metric::getName, Numbers::kind, (one, _) -> one, TreeMap::new));
  }

  private static String kind(Metric metric) {
    return switch (metric.getDataCase()) {
      case SUM -> {
        assertThat(metric.getSum().getIsMonotonic()).as(metric.getName()).isTrue();
        yield "counter";
      }
      case GAUGE -> "gauge";
      case HISTOGRAM -> "histogram";
      default -> metric.getDataCase().toString();
    };
  }

  /** Numbers by what they are called in a scrape. */
  static Map<String, Double> samples(Export export) {
    var samples = new TreeMap<String, Double>();
    for (var metric : export.metrics()) {
      for (var point :
          metric.hasSum()
              ? metric.getSum().getDataPointsList()
              : metric.getGauge().getDataPointsList()) {
        samples.put(metric.getName() + labels(point.getAttributesList()), point.getAsDouble());
      }
    }
    return samples;
  }

  private static String labels(List<KeyValue> attributes) {
    return attributes.isEmpty()
        ? ""
        : attributes.stream()
            .map(one -> one.getKey() + "=\"" + one.getValue().getStringValue() + '"')
            .sorted()
            .collect(Collectors.joining(",", "{", "}"));
  }
}
