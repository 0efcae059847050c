package dev.atmd.client.setup;

import java.io.IOException;

/** Something of ours in a settings file. Pure: text in, text out. */
sealed interface Part permits HookTable, StatusLine, WholeFile, ConfLines {
  /** How much of it is in {@code text}. */
  Presence presence(String text, Sender sender) throws IOException;

  /** A text that has nothing of it, with it. */
  String add(String text, Sender sender) throws IOException;

  /**
   * A text without it.
   *
   * @param original what the file held before we came, as far as known; else empty
   */
  String remove(String text, String original) throws IOException;

  /** Whether a text that nothing is left of but this part's own frame may go. */
  boolean isNothing(String text) throws IOException;
}
