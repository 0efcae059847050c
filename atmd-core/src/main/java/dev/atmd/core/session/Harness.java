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

  /** The short word that stands for it on the wire. */
  public String tag() {
    return tag;
  }

  public String displayName() {
    return displayName;
  }
}
