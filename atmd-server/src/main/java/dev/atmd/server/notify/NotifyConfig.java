package dev.atmd.server.notify;

import java.time.Duration;
import java.time.LocalTime;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who is told what, and how.
 *
 * @param channels the words of those that are used
 * @param escalation the words of those that are used when nobody has reacted
 * @param kinds the words of what is told
 * @param projects paths of projects that are told of; empty are all
 * @param settles how long a state must last to be told of
 * @param turn how long a turn must have taken for its end to be told
 * @param cooldown how long after a notice of a session nothing of the same kind is told of it
 * @param escalates after how long without a reaction it is told again; zero never
 * @param quota percent of a plan from which on that is told
 * @param quiet when nothing is told
 * @param command a program to run; empty for none
 * @param webhook an address to post to
 */
public record NotifyConfig(
    Set<String> channels,
    Set<String> escalation,
    Set<String> kinds,
    Pattern projects,
    Duration settles,
    Duration turn,
    Duration cooldown,
    Duration escalates,
    int quota,
    @Nullable Hours quiet,
    String command,
    WebhookConfig webhook) {
  public NotifyConfig {
    channels = Set.copyOf(channels);
    escalation = Set.copyOf(escalation);
    kinds = Set.copyOf(kinds);
  }

  /** Whether anything is told at all. */
  public boolean isOn() {
    return !channels.isEmpty();
  }

  /** A part of each day, perhaps across midnight. */
  public record Hours(LocalTime from, LocalTime to) {
    boolean contains(LocalTime time) {
      return from.isBefore(to)
          ? !time.isBefore(from) && time.isBefore(to)
          : !time.isBefore(from) || time.isBefore(to);
    }
  }
}
