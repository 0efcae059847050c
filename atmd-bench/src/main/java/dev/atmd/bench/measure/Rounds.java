package dev.atmd.bench.measure;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/**
 * Rounds in which everybody is measured in turn, so that a busy machine is unfair to nobody. The
 * first warms up. Who cannot be measured is left out from then on, and the report says why.
 */
final class Rounds {
  private Rounds() {}

  /** The measurement of one in one round. */
  @FunctionalInterface
  interface Turn<T> {
    /**
     * Measures one system, and notes what it has seen unless it only warms up.
     *
     * @param of who is measured
     */
    void measure(Report.Of of, T system, boolean warmingUp)
        throws IOException, InterruptedException;
  }

  /** The columns of the report that a measurement fills. */
  @FunctionalInterface
  interface Columns {
    List<Column> of(Report.Of of);
  }

  static <T> void run(int rounds, Map<Report.Of, T> systems, Columns columns, Turn<T> turn)
      throws InterruptedException {
    var failed = EnumSet.noneOf(Report.Of.class);
    for (var round = 0; round <= rounds; round++) {
      for (var one : systems.entrySet()) {
        if (!failed.contains(one.getKey())) {
          try {
            turn.measure(one.getKey(), one.getValue(), round == 0);
          } catch (IOException e) {
            failed.add(one.getKey());
            columns.of(one.getKey()).forEach(column -> column.refused(e));
          }
        }
      }
    }
  }
}
