package dev.atmd.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One agent that reports prompts, one numbered like the next, asks for each to be acknowledged, and
 * remembers what was. Confined to one thread.
 */
final class Reporter {
  private final String session;
  private int sent;
  private int acknowledged;

  /** What was sent and not acknowledged before the daemon died, to be sent again. */
  private final List<Integer> unsure = new ArrayList<>();

  Reporter(String session) {
    this.session = session;
  }

  String session() {
    return session;
  }

  /** How many are known to be kept. */
  int acknowledged() {
    return acknowledged;
  }

  int sent() {
    return sent;
  }

  /** What has not been acknowledged, the oldest first, then a new one. */
  String next() {
    if (!unsure.isEmpty()) {
      return event(unsure.removeFirst());
    }
    sent++;
    return event(sent);
  }

  private String event(int number) {
    return Wire.messageOf(
        1,
        "agent_event",
        Map.of(
            "ack",
            true,
            "id",
            session + "/" + number,
            "harness",
            "claude",
            "data",
            Map.of(
                "session_id",
                session,
                "hook_event_name",
                "UserPromptSubmit",
                "prompt",
                prompt(number))));
  }

  private static String prompt(int number) {
    return "number " + number;
  }

  /** The daemon has answered that it will not forget this one. */
  void acknowledged(String id) {
    acknowledged = Integer.parseInt(id.substring(id.lastIndexOf('/') + 1));
  }

  /** The daemon is gone: whatever it has not acknowledged it may know or not. */
  void disconnected() {
    unsure.clear();
    for (var number = acknowledged + 1; number <= sent; number++) {
      unsure.add(number);
    }
  }

  /** All prompts up to this one, as a history tells them. */
  static List<String> promptsUpTo(int number) {
    var prompts = new ArrayList<String>();
    for (var each = 1; each <= number; each++) {
      prompts.add(prompt(each));
    }
    return prompts;
  }
}
