package dev.atmd.client.setup;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of the sender: when, and what is written there.
 *
 * @param event the word of the harness
 * @param matcher which tools or kinds of the event; null for all
 * @param entry the entry, in which {@link #COMMAND} stands for the shell command, {@link #PROGRAM}
 *     for the path of the sender, and {@link #EVENT} for the event
 */
record Hook(String event, @Nullable String matcher, Map<String, Object> entry) {
  static final String COMMAND = "{command}";
  static final String PROGRAM = "{program}";
  static final String EVENT = "{event}";
}
