package dev.atmd.core.session;

import java.util.Locale;

/** The rules by which a state is decided, with what would change it next. */
public enum Rule {
  FOUND("its process was found, and it has said nothing yet", "any event of it"),
  HEARD_OF("it was heard of for the first time, by nothing that tells more", "any event of it"),
  BEGAN("the conversation began", "a prompt, or a tool that starts"),
  SHOWN_BUSY("its status line was drawn, and it reports nothing better", "any event of it"),
  PROMPT("the user sent a prompt", "the end of the turn, or a question"),
  WORK("the harness said that it works", "the end of the turn, or a question"),
  TOOL_STARTED("a tool started", "the end of the turn, or a question"),
  TOOL_ENDED("a tool ended, and the turn goes on", "the end of the turn, or a question"),
  COMPACTING("the conversation is being compacted", "the end of the compaction"),
  COMPACTED("a compaction ended in a turn, which goes on", "the end of the turn"),
  SETUP("the harness runs its set-up", "the next event"),
  SUBAGENT_RUNS("a subagent runs", "the end of the subagent, or of the turn"),
  SUBAGENTS_DONE("the last subagent ended, and nothing else was seen to run", "a prompt"),
  TURN_OVER("the harness said that the turn is over", "a prompt, or a tool that starts"),
  FAILED("the turn failed", "a prompt, or a tool that starts"),
  INTERRUPTED("the user stopped the turn", "a prompt, or a tool that starts"),
  COMPACTED_BY_USER("a compaction that the user asked for ended", "a prompt"),
  ASKED("it asked its user", "the answer, a tool that starts, a prompt, or the end of the turn"),
  CHILD_ASKED("one of its subagents asked the user", "the answer to that subagent"),
  ANSWERED("the user answered", "the end of the turn, or another question"),
  SHOWN("the harness showed this state", "the next state that it shows");

  private final String tag = name().toLowerCase(Locale.ROOT);
  private final String why;
  private final String changedBy;

  Rule(String why, String changedBy) {
    this.why = why;
    this.changedBy = changedBy;
  }

  /** The name on the wire. */
  public String tag() {
    return tag;
  }

  /** What was concluded from, as the end of a sentence that begins with "because". */
  public String why() {
    return why;
  }

  /** What would lead to another state. */
  public String changedBy() {
    return changedBy;
  }
}
