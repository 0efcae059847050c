package dev.atmd.bench.measure;

import dev.atmd.bench.measure.Report.Better;
import dev.atmd.bench.measure.Report.Of;

/**
 * One value of one row of the report, of one round. In the round that warms up nothing is noted.
 *
 * @param of who is measured
 */
record Column(Report report, String name, String unit, Better better, Of of) {
  static Column more(Report report, String name, String unit, Of of) {
    return new Column(report, name, unit, Better.MORE, of);
  }

  static Column less(Report report, String name, String unit, Of of) {
    return new Column(report, name, unit, Better.LESS, of);
  }

  void add(double value, long lost) {
    report.add(name, unit, better, of, value);
    report.lost(name, unit, better, of, lost);
  }

  void refused(Exception reason) {
    report.refused(name, unit, better, of, String.valueOf(reason.getMessage()));
  }
}
