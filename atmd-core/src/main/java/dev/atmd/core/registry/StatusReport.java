package dev.atmd.core.registry;

import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LinesChanged;
import dev.atmd.core.session.Model;
import dev.atmd.core.session.Money;
import dev.atmd.core.session.Pid;
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
    @Nullable Context context) {

  /** What the session cost so far. */
  public record Costs(Money total, Duration duration, Duration apiDuration, LinesChanged lines) {}

  /**
   * How full the context is.
   *
   * @param window null where not said
   * @param current null where not said; zero counts where the harness says there is no usage
   * @param percentage null where the harness leaves the arithmetic to us
   */
  public record Context(
      @Nullable Long window,
      long totalInput,
      long totalOutput,
      @Nullable TokenCounts current,
      @Nullable Double percentage) {}
}
