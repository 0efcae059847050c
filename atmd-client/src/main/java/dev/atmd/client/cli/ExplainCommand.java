package dev.atmd.client.cli;

import dev.atmd.client.AtmdClient;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.text.TerminalText;
import dev.atmd.protocol.message.ExplanationView;
import dev.atmd.protocol.message.SessionView;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atm explain}: why a session is in its state. */
@Command(
    name = "explain",
    description = "Says why a session is in its state, since when, and what would change it.")
final class ExplainCommand extends DaemonCommand {
  @Parameters(
      paramLabel = "ID",
      description = "The session, or as much of the beginning of its id as no other has.")
  @SuppressWarnings("NullAway.Init")
  private String id;

  @Option(names = "--json", description = "Print the answer as the daemon gives it.")
  private boolean json;

  @Override
  void run(Atm atm, PrintWriter out) throws IOException {
    try (var client = atm.connect()) {
      var explained = client.explain(SessionId.of(whole(client)));
      if (json) {
        out.println(atm.script().json(JsonText.pretty(explained.json())));
      } else {
        Explained.lines(explained.message().explanation()).forEach(out::println);
      }
    }
  }

  /** The id that begins so; the one given if none does, for it may be one that is over. */
  private String whole(AtmdClient client) throws IOException {
    var ids = client.sessions().stream().map(SessionView::id).toList();
    if (ids.contains(id)) {
      return id;
    }
    var matches = ids.stream().filter(one -> one.startsWith(id)).toList();
    // A subagent's id begins with that of its parent, which is the one that is meant.
    var shortest = matches.stream().filter(one -> !one.substring(id.length()).contains("/"));
    var parents = matches.size() > 1 ? shortest.toList() : matches;
    if (parents.size() > 1) {
      throw new IOException(
          "%d sessions begin with `%s`: %s".formatted(parents.size(), id, shown(parents)));
    }
    return parents.isEmpty() ? id : parents.getFirst();
  }

  private static String shown(List<String> ids) {
    var few = String.join(", ", ids.subList(0, Math.min(5, ids.size())));
    return ids.size() > 5 ? few + ", …" : few;
  }

  /** An explanation as lines; every text is neutral. */
  static final class Explained {
    private Explained() {}

    static List<String> lines(ExplanationView explanation) {
      var lines = new ArrayList<String>();
      var session = explanation.session();
      var plain = session.plain();
      lines.add(
          "%s  %s  %s%s"
              .formatted(
                  session.id(),
                  session.harness(),
                  session.statusLabel(),
                  plain == null ? "" : " since " + time(plain.since())));
      if (session.parentSessionId() != null) {
        lines.add("  subagent of   " + session.parentSessionId());
      }
      for (var child : session.childSessionIds()) {
        lines.add("  subagent      " + child);
      }
      lines.add("  because       " + explanation.because() + seen(plain));
      for (var open : explanation.open()) {
        lines.add(
            "  waits for     %s: %s%s%s"
                .formatted(
                    open.reason(),
                    open.detail(),
                    quoted(open.text()),
                    open.asker() == null ? "" : ", asked by " + open.asker()));
      }
      explanation.running().forEach(tool -> lines.add("  running       " + tool));
      lines.add("  would change  by " + explanation.changedBy());
      lines.add("");
      for (var change : explanation.transitions()) {
        lines.add(
            "  %s  %-16s  %s (%s)"
                .formatted(
                    time(change.evidence().at()),
                    change.status(),
                    change.because(),
                    change.evidence().signal()));
      }
      return lines.stream().map(TerminalText::neutral).toList();
    }

    private static String seen(SessionView.@Nullable Plain plain) {
      var evidence = plain == null ? null : plain.evidence();
      return evidence == null
          ? ""
          : " (%s, %s)".formatted(evidence.signal(), evidence.tier().replace('_', ' '));
    }

    private static String quoted(@Nullable String text) {
      return text == null ? "" : " \"" + text.lines().findFirst().orElse("") + "\"";
    }

    /** The time of day of an RFC 3339 time, to the second. */
    private static String time(String at) {
      var t = at.indexOf('T');
      return t < 0 || at.length() < t + 9 ? at : at.substring(t + 1, t + 9);
    }
  }
}
