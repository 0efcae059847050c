package dev.atmd.core.session;

import java.time.Duration;

/**
 * What a session has consumed and produced.
 *
 * @param total time since the session began, by the harness's own count
 * @param api time spent waiting for the model
 */
public record Usage(
    ContextUsage context, Money cost, Duration total, Duration api, LinesChanged lines) {
  /** Nothing consumed yet of a window of this size. */
  public static Usage none(long window) {
    return new Usage(
        ContextUsage.empty(window), Money.ZERO, Duration.ZERO, Duration.ZERO, LinesChanged.NONE);
  }

  public Usage withContext(ContextUsage context) {
    return new Usage(context, cost, total, api, lines);
  }

  public Usage withCost(Money cost) {
    return new Usage(context, cost, total, api, lines);
  }
}
