package dev.atmd.core.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How much of the windows of a plan is used. Null where the harness says nothing of a window. */
public record RateLimits(@Nullable Window fiveHour, @Nullable Window sevenDay) {
  /**
   * One window.
   *
   * @param usedPercentage 0 to 100, or more
   * @param resetsAt when it is empty again; null where not said
   */
  public record Window(double usedPercentage, @Nullable Instant resetsAt) {}
}
