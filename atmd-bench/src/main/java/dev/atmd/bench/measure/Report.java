package dev.atmd.bench.measure;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that was measured, in rows of medians; printed as ratios, above 1 where the measured daemon
 * is better. Not thread-safe.
 */
public final class Report {
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private int printed;

  /** Which of two values is the better one. */
  enum Better {
    MORE,
    LESS
  }

  /** Who was measured. */
  public enum Of {
    DAEMON("daemon"),
    AGAINST("against"),
    REDIS("redis"),
    NATS("nats"),
    BARE("bare");

    private final String title;

    Of(String title) {
      this.title = title;
    }
  }

  /** A value of one round. */
  void add(String name, String unit, Better better, Of of, double value) {
    row(name, unit, better).values.computeIfAbsent(of, _ -> new ArrayList<>()).add(value);
  }

  /** So many deliveries or states of one round that were not what they should be. */
  void lost(String name, String unit, Better better, Of of, long number) {
    row(name, unit, better).lost.merge(of, number, Long::sum);
  }

  /** Why there is no value. */
  void refused(String name, String unit, Better better, Of of, String reason) {
    row(name, unit, better).refused.put(of, reason);
  }

  /** Whether the measured daemon lost something, or could not be measured. */
  public boolean daemonFailed() {
    return rows.values().stream()
        .anyMatch(
            row -> row.lost.getOrDefault(Of.DAEMON, 0L) > 0 || row.refused.containsKey(Of.DAEMON));
  }

  private Row row(String name, String unit, Better better) {
    return rows.computeIfAbsent(name, _ -> new Row(name, unit, better));
  }

  public void printHead(PrintWriter out) {
    out.printf("%-50s %-11s %13s %7s  ", "", "", "median", "lost");
    for (var of : Of.values()) {
      if (of != Of.DAEMON) {
        out.printf(" %9s", "x " + of.title);
      }
    }
    out.println();
    out.flush();
  }

  /** Prints the rows that are new. */
  public void printRows(PrintWriter out) {
    var reasons = new HashSet<String>();
    rows.values().stream().skip(printed).forEach(row -> print(out, row, reasons));
    printed = rows.size();
    out.flush();
  }

  private static void print(PrintWriter out, Row row, Set<String> reasons) {
    out.printf(
        "%-50s %-11s %13s %,7d  ",
        row.name, row.unit, row.text(Of.DAEMON), row.lost.getOrDefault(Of.DAEMON, 0L));
    for (var of : Of.values()) {
      if (of != Of.DAEMON) {
        out.printf(" %9s", row.ratio(of));
      }
    }
    out.println();
    row.refused.forEach((of, reason) -> {
      if (reasons.add(of.title + reason)) {
        out.printf("    %s: not measured: %s%n", of.title, reason);
      }
    });
  }

  /** Prints the medians of all who were measured, to show what the ratios are of. */
  public void printMedians(PrintWriter out) {
    out.println();
    out.println("Medians of all; a * above marks the ratio to a peer that lost something.");
    for (var row : rows.values()) {
      var values =
          row.values.keySet().stream()
              .map(of -> of.title + " " + row.text(of) + row.losses(of))
              .collect(Collectors.joining(", "));
      out.printf("%-50s %-11s %s%n", row.name, row.unit, values);
    }
    out.flush();
  }

  /** The values of one measurement. */
  private static final class Row {
    private final String name;
    private final String unit;
    private final Better better;
    private final Map<Of, List<Double>> values = new EnumMap<>(Of.class);
    private final Map<Of, Long> lost = new EnumMap<>(Of.class);
    private final Map<Of, String> refused = new EnumMap<>(Of.class);

    Row(String name, String unit, Better better) {
      this.name = name;
      this.unit = unit;
      this.better = better;
    }

    double median(Of of) {
      var sorted = values.getOrDefault(of, List.of()).stream().sorted().toList();
      return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
    }

    String text(Of of) {
      var median = median(of);
      return Double.isNaN(median) ? "-" : (median < 100 ? "%,.2f" : "%,.0f").formatted(median);
    }

    /** Marked where the peer has lost something, and so did less than was asked of it. */
    String ratio(Of of) {
      var ratio =
          better == Better.MORE ? median(Of.DAEMON) / median(of) : median(of) / median(Of.DAEMON);
      return Double.isNaN(ratio)
          ? "-"
          : Double.isInfinite(ratio)
              ? "lost all"
              : "%.2f%s".formatted(ratio, losses(of).isEmpty() ? "" : "*");
    }

    String losses(Of of) {
      var number = lost.getOrDefault(of, 0L);
      return number == 0 ? "" : " (lost %,d)".formatted(number);
    }
  }
}
