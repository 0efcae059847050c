package dev.atmd.bench.measure;

import java.io.IOException;

/** One thing that can be measured of everybody in the field. */
@FunctionalInterface
public interface Measurement {
  /** Measures, and notes the values of each round in the report. */
  void run(Field field, Sizes sizes, Report report) throws IOException, InterruptedException;
}
