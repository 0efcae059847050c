package dev.atmd.core.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link Activity} knows, so that another run can go on with it. Immutable.
 *
 * @param carried the tools of the turn before that may go on
 * @param finished ids of the tools that are done
 * @param subagents ids of those that are known to run
 */
public record KeptActivity(
    boolean working,
    boolean compacting,
    boolean compactsAtRest,
    boolean rested,
    boolean onlySubagents,
    boolean onlyAsks,
    @Nullable String detail,
    @Nullable String target,
    List<Question> questions,
    List<ToolCall> running,
    List<ToolCall> carried,
    List<String> finished,
    List<String> subagents) {
  public KeptActivity {
    questions = List.copyOf(questions);
    running = List.copyOf(running);
    carried = List.copyOf(carried);
    finished = List.copyOf(finished);
    subagents = List.copyOf(subagents);
  }
}
