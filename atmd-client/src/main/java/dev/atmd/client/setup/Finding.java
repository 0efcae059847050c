package dev.atmd.client.setup;

import java.util.LinkedHashMap;

/**
 * One thing that was looked at.
 *
 * @param topic what was looked at
 * @param seen what was seen
 * @param advice what to do; empty if nothing is
 */
public record Finding(Level level, String topic, String seen, String advice) {
  /** How bad it is. */
  public enum Level {
    OK("ok"),
    WARNING("warning"),
    PROBLEM("problem");

    private final String word;

    Level(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  static Finding ok(String topic, String seen) {
    return new Finding(Level.OK, topic, seen, "");
  }

  static Finding warning(String topic, String seen, String advice) {
    return new Finding(Level.WARNING, topic, seen, advice);
  }

  static Finding problem(String topic, String seen, String advice) {
    return new Finding(Level.PROBLEM, topic, seen, advice);
  }

  /** One JSON object on one line. */
  public String json() {
    var members = new LinkedHashMap<String, Object>();
    members.put("level", level.word());
    members.put("topic", topic);
    members.put("seen", seen);
    members.put("advice", advice);
    return new JsonStyle("\n", "  ", true, ":", ",").print(members, "", true);
  }
}
