package dev.atmd.client.cli;

import dev.atmd.client.SessionBoard;
import dev.atmd.client.cli.FeedEvent.Back;
import dev.atmd.client.cli.FeedEvent.Line;
import dev.atmd.client.cli.FeedEvent.Lost;
import dev.atmd.client.cli.FeedEvent.News;
import dev.atmd.client.cli.Paint.Color;
import dev.atmd.core.text.TerminalText;
import dev.atmd.protocol.message.DaemonMessage.SessionList;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sessions as a screenful of lines. Not thread-safe: the thread that draws owns it. */
final class LiveView {
  private final Path socket;
  private final Paint paint;
  private final SessionBoard board = new SessionBoard();
  private @Nullable String trouble;
  private boolean isListed;

  LiveView(Path socket, Paint paint) {
    this.socket = socket;
    this.paint = paint;
  }

  /** Takes on an event; whether there is something new to see. */
  boolean apply(FeedEvent event) {
    return switch (event) {
      case Line _ -> false;
      case News(var message) -> {
        isListed |= message instanceof SessionList;
        yield board.apply(message);
      }
      case Lost(var cause, var retryIn) -> {
        trouble =
            "Not connected, trying again in "
                + Math.max(1, retryIn.toSeconds())
                + " s: "
                + TerminalText.neutral(String.valueOf(cause.getMessage()));
        yield true;
      }
      case Back _ -> {
        trouble = null;
        yield true;
      }
    };
  }

  /** At most {@code size.rows()} lines, none wider than {@code size.columns()}. */
  List<String> frame(Instant now, Terminal.Size size) {
    var sessions = board.sessions();
    var lines = new ArrayList<String>();
    lines.add(
        head((isListed ? StatusCommand.line(sessions) + "  " : "") + socket, Color.BOLD, size));
    if (trouble != null) {
      lines.add(head(trouble, Color.YELLOW, size));
    }
    lines.add("");
    if (sessions.isEmpty() && isListed) {
      EmptyState.lines(socket).forEach(line -> lines.add(TextWidth.cut(line, size.columns())));
    } else if (isListed) {
      lines.addAll(Table.lines(SessionRow.of(sessions, now), size.columns(), paint));
    }
    return cutToHeight(lines, size);
  }

  private String head(String text, Color color, Terminal.Size size) {
    return paint.apply(color, TextWidth.cut(TerminalText.neutral(text), size.columns()));
  }

  private static List<String> cutToHeight(List<String> lines, Terminal.Size size) {
    if (lines.size() <= size.rows()) {
      return lines;
    }
    var kept = new ArrayList<>(lines.subList(0, size.rows() - 1));
    var hidden = lines.size() - kept.size();
    kept.add(TextWidth.cut("… and " + hidden + " more", size.columns()));
    return kept;
  }
}
