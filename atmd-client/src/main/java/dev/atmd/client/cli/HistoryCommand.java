package dev.atmd.client.cli;

import dev.atmd.client.text.TextWidth;
import dev.atmd.protocol.message.HistoryAnswer;
import dev.atmd.protocol.message.HistoryAnswer.Entry;
import dev.atmd.protocol.message.HistoryQuestion;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code atm history}: what happened. */
@Command(
    name = "history",
    description = "Shows what happened: states, prompts and tools, the newest last.")
final class HistoryCommand extends PastCommand {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss");

  @Option(
      names = "--session",
      paramLabel = "ID",
      description = "Only of this session; the beginning of its id is enough.")
  private @Nullable String session;

  @Option(
      names = "--project",
      paramLabel = "PART",
      description = "Only of projects whose path contains this.")
  private @Nullable String project;

  @Option(names = "--since", paramLabel = "TIME", description = "Not before: " + Moments.FORMS)
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "Only before.")
  private @Nullable String until;

  @Option(
      names = "--grep",
      paramLabel = "TEXT",
      description = "Only where a text, a tool or a state contains this, in any case.")
  private @Nullable String grep;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many, the newest (1 to 1000; default: ${DEFAULT-VALUE}).")
  private int limit = HistoryQuestion.USUAL_LIMIT;

  @Option(names = "--before", paramLabel = "NR", description = "The page before that one.")
  private @Nullable Long before;

  @Override
  HistoryQuestion question(Moments moments) {
    return new HistoryQuestion.Entries(
        session,
        project,
        moment("--since", since, moments),
        moment("--until", until, moments),
        grep,
        before,
        limit);
  }

  @Override
  List<String> lines(HistoryAnswer answer, Moments moments, Surroundings surroundings) {
    if (!(answer instanceof HistoryAnswer.Entries(var entries, var earlier))) {
      throw new IllegalStateException("not a history: " + answer);
    }
    if (entries.isEmpty()) {
      return List.of("Nothing like that has happened.");
    }
    var grid = new Grid("TIME", "SESSION", "AGENT", "WHAT");
    for (var entry : entries) {
      grid.add(
          time(entry.at(), moments.zone()),
          TextWidth.cut(entry.session(), 16),
          entry.harness(),
          what(entry));
    }
    var lines = grid.lines(surroundings.terminal().size().columns(), surroundings.paint());
    if (earlier != null) {
      lines.add("There is more before: add --before " + earlier);
    }
    return lines;
  }

  static String time(Instant at, ZoneId zone) {
    return TIME.format(at.atZone(zone));
  }

  private static String what(Entry entry) {
    var tool = entry.tool() == null ? "" : entry.tool();
    var text = entry.text() == null ? "" : entry.text();
    return switch (entry.kind()) {
      case "state" -> "→ " + state(entry, tool, text);
      case "prompt" -> "“" + text + "”";
      case "tool_began" -> "began " + joined(tool, text);
      case "tool_done" -> "done  " + joined(tool, text);
      case "tool_failed" -> "FAILED " + joined(tool, text);
      case "renamed" -> "goes on as " + text;
      case "ended" -> "ended: " + entry.status() + (text.isEmpty() ? "" : ", goes on as " + text);
      default -> joined(entry.kind(), joined(tool, text));
    };
  }

  private static String state(Entry entry, String tool, String text) {
    var status = String.valueOf(entry.status()).replace('_', ' ');
    return status + (tool.isEmpty() ? "" : " (" + tool + ")") + (text.isEmpty() ? "" : ": " + text);
  }

  private static String joined(String one, String other) {
    return one.isEmpty() || other.isEmpty() ? one + other : one + " " + other;
  }
}
