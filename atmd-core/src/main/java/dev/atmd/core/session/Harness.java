package dev.atmd.core.session;

import java.util.Optional;

/** The program that runs an agent. */
public enum Harness {
  CLAUDE("claude", "Claude Code"),
  PI("pi", "pi"),
  CODEX("codex", "Codex CLI"),
  AMP("amp", "Amp"),
  QWEN("qwen", "Qwen Code"),
  GEMINI("gemini", "Gemini CLI"),
  OPENCODE("opencode", "OpenCode"),
  CURSOR("cursor", "Cursor CLI"),
  COPILOT("copilot", "Copilot CLI"),
  ANTIGRAVITY("antigravity", "Antigravity CLI"),
  DROID("droid", "Droid"),
  GOOSE("goose", "Goose"),
  CRUSH("crush", "Crush"),
  KIRO("kiro", "Kiro CLI"),
  AIDER("aider", "Aider"),
  UNKNOWN("?", "unknown");

  private final String tag;
  private final String displayName;

  Harness(String tag, String displayName) {
    this.tag = tag;
    this.displayName = displayName;
  }

  /** The harness with this wire tag. */
  public static Optional<Harness> ofTag(String tag) {
    for (var harness : values()) {
      if (harness != UNKNOWN && harness.tag.equals(tag)) {
        return Optional.of(harness);
      }
    }
    return Optional.empty();
  }

  /**
   * Whether one process of it may serve several conversations. Of the others a new conversation in
   * the same process takes the place of the old one.
   */
  public boolean sharesProcess() {
    return switch (this) {
      case OPENCODE, AMP, CRUSH, CODEX, CURSOR, UNKNOWN -> true;
      case CLAUDE, PI, QWEN, GEMINI, COPILOT, ANTIGRAVITY, DROID, GOOSE, KIRO, AIDER -> false;
    };
  }

  /** The short word that stands for it on the wire. */
  public String tag() {
    return tag;
  }

  public String displayName() {
    return displayName;
  }
}
