package dev.atmd.client.top;

import dev.atmd.core.session.Harness;
import java.util.Locale;

/** Two letters that stand for a harness. */
final class Mark {
  private Mark() {}

  static String of(String tag) {
    return switch (Harness.ofTag(tag).orElse(Harness.UNKNOWN)) {
      case CLAUDE -> "CC";
      case CODEX -> "CX";
      case OPENCODE -> "OC";
      case PI -> "PI";
      case AMP -> "AM";
      case QWEN -> "QW";
      case GEMINI -> "GM";
      case CURSOR -> "CU";
      case COPILOT -> "CP";
      case ANTIGRAVITY -> "AG";
      case DROID -> "DR";
      case GOOSE -> "GO";
      case CRUSH -> "CR";
      case KIRO -> "KI";
      case AIDER -> "AI";
      case UNKNOWN -> (tag + "??").substring(0, 2).toUpperCase(Locale.ROOT);
    };
  }
}
