package dev.atmd.protocol.adapter;

import dev.atmd.core.registry.StatusReport;
import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LinesChanged;
import dev.atmd.core.session.Model;
import dev.atmd.core.session.Money;
import dev.atmd.core.session.Pid;
import dev.atmd.core.session.RateLimits;
import dev.atmd.core.session.RateLimits.Window;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.TmuxPane;
import dev.atmd.core.session.TokenCounts;
import dev.atmd.protocol.adapter.EventTable.Numbers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A status line in the words of Claude Code (harnesses §1.2), in which nothing is required but a
 * session: what is missing or of another type is not said.
 */
final class StatusFacts {
  /** What senders call a status line where they have to call it something. */
  static final String EVENT = "status-line";

  private StatusFacts() {}

  static Payload read(Facts facts, Sender sender, Harness harness) {
    var pid = pid(facts, sender);
    var name = facts.name("session_id", "sessionId", "conversation_id");
    var id = name != null ? SessionId.of(name) : pid != null ? new SessionId.Pending(pid) : null;
    if (id == null) {
      return new Payload.Invalid("Parse error: Missing session_id");
    }
    var numbers = numbers(facts);
    var pane = sender.pane();
    return new Payload.Status(
        new StatusReport(
            id,
            pid,
            harness,
            pane == null ? TmuxPane.ofNullable(facts.name("tmux_pane")) : pane,
            facts.name("cwd", "workspace.current_dir"),
            model(facts),
            numbers.version(),
            numbers.costs(),
            numbers.context(),
            numbers.limits()));
  }

  private static @Nullable Pid pid(Facts facts, Sender sender) {
    var number = facts.count("pid");
    return sender.pid() != null || number == null || number == 0 || number > 0xFFFF_FFFFL
        ? sender.pid()
        : new Pid(number);
  }

  private static @Nullable Model model(Facts facts) {
    var id = facts.name("model.id", "model");
    return id == null ? null : Model.of(id, facts.name("model.display_name"));
  }

  /** What it says of cost and context. */
  static Numbers numbers(Facts facts) {
    return new Numbers(facts.name("version"), costs(facts), context(facts), limits(facts));
  }

  private static StatusReport.@Nullable Costs costs(Facts facts) {
    var total = facts.number("cost.total_cost_usd", "cost.usd");
    var millis = facts.count("cost.total_duration_ms");
    var apiMillis = facts.count("cost.total_api_duration_ms");
    var added = facts.count("cost.total_lines_added");
    var removed = facts.count("cost.total_lines_removed");
    if (total == null && millis == null && apiMillis == null && added == null && removed == null) {
      return null;
    }
    return new StatusReport.Costs(
        total == null ? null : Money.ofDollars(total),
        millis == null ? null : Duration.ofMillis(millis),
        apiMillis == null ? null : Duration.ofMillis(apiMillis),
        added == null && removed == null
            ? null
            : new LinesChanged(Values.orZero(added), Values.orZero(removed)));
  }

  private static StatusReport.@Nullable Context context(Facts facts) {
    var window = facts.count("context_window.context_window_size", "context.window");
    var input = facts.count("context_window.total_input_tokens");
    var output = facts.count("context_window.total_output_tokens");
    var percent = facts.number("context_window.used_percentage", "context.percent");
    var current = current(facts);
    return window == null && input == null && output == null && percent == null && current == null
        ? null
        : new StatusReport.Context(window, input, output, current, percent);
  }

  private static @Nullable TokenCounts current(Facts facts) {
    var at = "context_window.current_usage.";
    var input = facts.count(at + "input_tokens");
    var output = facts.count(at + "output_tokens");
    var creation = facts.count(at + "cache_creation_input_tokens");
    var read = facts.count(at + "cache_read_input_tokens");
    return input == null && output == null && creation == null && read == null
        ? null
        : new TokenCounts(
            Values.orZero(input),
            Values.orZero(output),
            Values.orZero(creation),
            Values.orZero(read));
  }

  private static @Nullable RateLimits limits(Facts facts) {
    var fiveHour = window(facts, "rate_limits.five_hour.");
    var sevenDay = window(facts, "rate_limits.seven_day.");
    // A mod of Claude Code has them as a list, with times as text (harnesses §1.4).
    for (var i = 0; i < facts.elements("rateLimits"); i++) {
      var at = "rateLimits[" + i + "].";
      var used = facts.number(at + "percentUsed");
      var window = used == null ? null : new Window(used, time(facts.text(at + "resetsAt")));
      switch (facts.text(at + "kind")) {
        case "five_hour" -> fiveHour = window;
        case "seven_day" -> sevenDay = window;
        case null, default -> {}
      }
    }
    return fiveHour == null && sevenDay == null ? null : new RateLimits(fiveHour, sevenDay);
  }

  private static @Nullable Window window(Facts facts, String at) {
    var used = facts.number(at + "used_percentage");
    return used == null ? null : new Window(used, resetsAt(facts.number(at + "resets_at")));
  }

  private static @Nullable Instant time(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException _) {
      return null;
    }
  }

  private static @Nullable Instant resetsAt(@Nullable Double epochSeconds) {
    try {
      return epochSeconds == null ? null : Instant.ofEpochSecond(epochSeconds.longValue());
    } catch (DateTimeException _) {
      return null;
    }
  }
}
