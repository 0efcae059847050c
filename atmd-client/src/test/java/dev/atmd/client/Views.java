package dev.atmd.client;

import dev.atmd.core.session.Status;
import dev.atmd.protocol.json.DaemonMessageWriter;
import dev.atmd.protocol.message.DaemonMessage;
import dev.atmd.protocol.message.DaemonMessage.SessionList;
import dev.atmd.protocol.message.SessionView;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sessions for tests. */
public final class Views {
  public static final String NOON = "2026-11-21T12:00:00+00:00";

  private Views() {}

  public static SessionView view(String id, Status status) {
    return view(id, status, null, "/home/dev/shop", "main");
  }

  public static SessionView view(
      String id, Status status, @Nullable String detail, String root, String branch) {
    return view(id, "main", null, status, detail, root, branch);
  }

  /** A subagent inside its parent. */
  public static SessionView child(String parent, String agentId, String role) {
    var id = parent + "/" + agentId;
    return view(id, role, parent, Status.WORKING, null, "/home/dev/shop", "main");
  }

  private static SessionView view(
      String id,
      String role,
      @Nullable String parent,
      Status status,
      @Nullable String detail,
      String root,
      String branch) {
    return new SessionView(
        id,
        id.substring(0, Math.min(8, id.length())),
        role,
        "claude",
        "Opus 4.5",
        status.tag(),
        status.label(),
        detail,
        status == Status.ATTENTION_NEEDED,
        status.icon(),
        21.5,
        "21.5% (43K/200K)",
        false,
        false,
        "$0.35",
        0.35,
        "2m 15s",
        135.0,
        "+150 -30",
        root,
        status == Status.ATTENTION_NEEDED,
        "0s ago",
        "0s ago",
        NOON,
        NOON,
        "%3",
        root,
        root,
        branch,
        parent,
        List.of(),
        null,
        null);
  }

  public static SessionList list(long seq, SessionView... sessions) {
    return new SessionList(List.of(sessions), seq, "run-1");
  }

  /** As it goes over the wire, without the end of the line. */
  public static String line(DaemonMessage message) {
    return new String(DaemonMessageWriter.line(message), StandardCharsets.UTF_8).strip();
  }
}
