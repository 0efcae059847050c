package dev.atmd.client.cli;

import dev.atmd.client.SessionBoard;
import dev.atmd.core.text.TerminalText;
import dev.atmd.protocol.message.DaemonMessage;
import dev.atmd.protocol.message.DaemonMessage.SessionList;
import dev.atmd.protocol.message.DaemonMessage.SessionRemoved;
import dev.atmd.protocol.message.DaemonMessage.SessionUpdated;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What changed to the eye, one line for each change. Not thread-safe. */
final class ChangeLog {
  private final SessionBoard board = new SessionBoard();

  /** The last line about each session there is. */
  private final Map<String, String> shown = new HashMap<>();

  /** The lines about {@code message}; none if it changes nothing. */
  List<String> lines(DaemonMessage message, Instant now) {
    if (!board.apply(message)) {
      return List.of();
    }
    var time = now.truncatedTo(ChronoUnit.SECONDS) + " ";
    return switch (message) {
      case SessionList _ -> {
        shown.clear();
        board.sessions().forEach(view -> shown.put(view.id(), line(SessionRow.of(view, now))));
        yield SessionRow.of(board.sessions(), now).stream().map(row -> time + line(row)).toList();
      }
      case SessionUpdated(var view, _, _) -> {
        var line = line(SessionRow.of(view, now));
        yield line.equals(shown.put(view.id(), line)) ? List.of() : List.of(time + line);
      }
      case SessionRemoved removed -> {
        shown.remove(removed.sessionId());
        yield List.of(time + line(removed));
      }
      case DaemonMessage _ -> List.of();
    };
  }

  private static String line(SessionRow row) {
    return String.join(
        " ",
        row.icon(),
        row.id(),
        row.harness(),
        row.state(),
        row.context(),
        row.cost(),
        row.project());
  }

  private static String line(SessionRemoved removed) {
    var reason = removed.reason().isEmpty() ? "" : " (" + removed.reason() + ")";
    return TerminalText.neutral("x " + removed.sessionId() + " gone" + reason);
  }
}
