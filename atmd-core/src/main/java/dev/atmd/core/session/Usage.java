package dev.atmd.core.session;

import java.time.Duration;

/**
 * What a session has consumed and produced.
 *
 * @param costKnown whether anybody has said what it cost; zero may mean nothing otherwise
 * @param total time since the session began, by the harness's own count
 * @param api time spent waiting for the model
 */
public record Usage(
    ContextUsage context,
    Money cost,
    boolean costKnown,
    Duration total,
    Duration api,
    LinesChanged lines) {
  /** Of a harness that says what it cost. */
  public Usage(ContextUsage context, Money cost, Duration total, Duration api, LinesChanged lines) {
    this(context, cost, true, total, api, lines);
  }

  /** Nothing consumed yet of a window of this size. */
  public static Usage none(long window) {
    return new Usage(
        ContextUsage.empty(window),
        Money.ZERO,
        false,
        Duration.ZERO,
        Duration.ZERO,
        LinesChanged.NONE);
  }

  public Usage withContext(ContextUsage context) {
    return new Usage(context, cost, costKnown, total, api, lines);
  }

  public Usage withCost(Money cost) {
    return new Usage(context, cost, true, total, api, lines);
  }
}
