package dev.atmd.core.registry;

import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LinesChanged;
import dev.atmd.core.session.Model;
import dev.atmd.core.session.Money;
import dev.atmd.core.session.Pid;
import dev.atmd.core.session.RateLimits;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.TmuxPane;
import dev.atmd.core.session.TokenCounts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The numbers of a session, as a status line gives them. Null means: not said, so unchanged. */
public record StatusReport(
    SessionId id,
    @Nullable Pid pid,
    Harness harness,
    @Nullable TmuxPane pane,
    @Nullable String directory,
    @Nullable Model model,
    @Nullable String version,
    @Nullable Costs costs,
    @Nullable Context context,
    @Nullable RateLimits limits) {

  /** What the session cost so far. Null where not said. */
  public record Costs(
      @Nullable Money total,
      @Nullable Duration duration,
      @Nullable Duration apiDuration,
      @Nullable LinesChanged lines) {}

  /**
   * How full the context is.
   *
   * @param window null where not said
   * @param totalInput null where not said
   * @param totalOutput null where not said
   * @param current null where not said; zero counts where the harness says there is no usage
   * @param percentage null where the harness leaves the arithmetic to us
   */
  public record Context(
      @Nullable Long window,
      @Nullable Long totalInput,
      @Nullable Long totalOutput,
      @Nullable TokenCounts current,
      @Nullable Double percentage) {}
}
