package dev.atmd.client.setup;

import java.util.List;

/** What the daemon says of its store, judged. Pure. */
public final class StoreReport {
  static final String TROUBLE = "atmd_store_trouble";
  static final String LOST = "atmd_store_lost_total";

  private static final String TOPIC = "store";

  private StoreReport() {}

  /** Whether the daemon that has these metrics cannot write anything down now. */
  public static boolean isInTrouble(String metrics) {
    return MetricsText.of(metrics).sum(TROUBLE).orElse(0) > 0;
  }

  static List<Finding> findings(MetricsText metrics) {
    var trouble = metrics.sum(TROUBLE);
    if (trouble.isEmpty()) {
      return List.of(
          Finding.warning(
              TOPIC,
              "off: sessions and their history end with the daemon",
              "set store.enabled = true"));
    }
    if (trouble.getAsDouble() > 0) {
      return List.of(
          Finding.problem(
              TOPIC,
              "cannot be written to; the daemon goes on from memory",
              "see its log; free some space, or mend the rights of the state directory"));
    }
    var lost = (long) metrics.sum(LOST).orElse(0);
    return List.of(
        lost == 0
            ? Finding.ok(TOPIC, "sessions and their history are kept")
            : Finding.warning(
                TOPIC,
                lost + " entries of the history were lost while it could not be written to",
                "nothing, if that is over; the sessions themselves are complete"));
  }
}
