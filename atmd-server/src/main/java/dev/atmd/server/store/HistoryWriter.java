package dev.atmd.server.store;

import dev.atmd.core.registry.ChangeSet;
import dev.atmd.core.registry.HistoryEntry;
import dev.atmd.core.registry.HistoryEntry.Began;
import dev.atmd.core.registry.HistoryEntry.Gone;
import dev.atmd.core.registry.HistoryEntry.Prompted;
import dev.atmd.core.registry.HistoryEntry.Renamed;
import dev.atmd.core.registry.HistoryEntry.StateChanged;
import dev.atmd.core.registry.HistoryEntry.ToolBegan;
import dev.atmd.core.registry.HistoryEntry.ToolDone;
import dev.atmd.core.session.Question;
import dev.atmd.core.session.Session;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.SessionState.AttentionNeeded;
import dev.atmd.core.session.ToolCall;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What happens to sessions, as rows that answer questions later. Confined to one thread. */
final class HistoryWriter implements AutoCloseable {
  /** The kinds of entries, as they stand in their column. */
  static final String BEGAN = "began";

  static final String RENAMED = "renamed";
  static final String STATE = "state";
  static final String PROMPT = "prompt";
  static final String TOOL_BEGAN = "tool_began";
  static final String TOOL_DONE = "tool_done";
  static final String TOOL_FAILED = "tool_failed";
  static final String ENDED = "ended";

  /** Whole files are passed to tools; who wants them has them. */
  private static final int MAX_TEXT = 2_048;

  private final StoreConfig config;
  private final UnaryOperator<String> redaction;
  private final PreparedStatement find;
  private final PreparedStatement begin;
  private final PreparedStatement describe;
  private final PreparedStatement count;
  private final PreparedStatement rename;
  private final PreparedStatement end;
  private final PreparedStatement note;
  private final PreparedStatement consume;

  /** The rows of the sessions there are. */
  private final Map<SessionId, Row> rows = new HashMap<>();

  HistoryWriter(Connection connection, StoreConfig config, UnaryOperator<String> redaction)
      throws SQLException {
    this.config = config;
    this.redaction = redaction;
    find =
        connection.prepareStatement(
            "SELECT nr, cost, tokens_in, tokens_out FROM session WHERE id = ?");
    begin =
        connection.prepareStatement(
            """
            INSERT INTO session (id, harness, agent_type, began, cost, tokens_in, tokens_out)
            VALUES (?, '?', 'main', ?, 0, 0, 0) RETURNING nr\
            """);
    describe =
        connection.prepareStatement(
            """
            UPDATE session SET harness = ?, agent_type = ?, parent = ?, project = ?, directory = ?, branch = ?,
              model = ?, prompt = ?, ended = NULL, reason = NULL WHERE nr = ?\
            """);
    count =
        connection.prepareStatement(
            "UPDATE session SET cost = ?, tokens_in = ?, tokens_out = ? WHERE nr = ?");
    rename = connection.prepareStatement("UPDATE session SET id = ? WHERE nr = ?");
    end = connection.prepareStatement("UPDATE session SET ended = ?, reason = ? WHERE nr = ?");
    note =
        connection.prepareStatement(
            """
            INSERT INTO entry (session, at, kind, status, tool, call, text, signal, rule)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """);
    consume =
        connection.prepareStatement(
            """
            INSERT INTO usage VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (session, minute, model) DO UPDATE SET cost = cost + excluded.cost,
              tokens_in = tokens_in + excluded.tokens_in,
              tokens_out = tokens_out + excluded.tokens_out\
            """);
  }

  /** A session's row, with what it says. */
  private record Row(long nr, @Nullable Session described, Consumed consumed) {}

  /** What a session has consumed by its own count, which may begin anew when it is resumed. */
  private record Consumed(long cost, long tokensIn, long tokensOut) {
    static final Consumed NOTHING = new Consumed(0, 0, 0);

    static Consumed by(Session session) {
      var usage = session.usage();
      return new Consumed(
          usage.cost().micros(), usage.context().totalInput(), usage.context().totalOutput());
    }

    Consumed since(Consumed before) {
      return new Consumed(
          since(cost, before.cost),
          since(tokensIn, before.tokensIn),
          since(tokensOut, before.tokensOut));
    }

    private static long since(long now, long before) {
      return now >= before ? now - before : now;
    }

    boolean isNothing() {
      return cost == 0 && tokensIn == 0 && tokensOut == 0;
    }
  }

  void apply(ChangeSet changes, Instant now) throws SQLException {
    for (var entry : changes.history()) {
      write(entry);
    }
    for (var kept : changes.changed()) {
      describe(kept.session(), now);
    }
  }

  private void write(HistoryEntry entry) throws SQLException {
    switch (entry) {
      case Began(var first, var at) -> {
        rows.remove(first.id());
        note(entry, BEGAN, null, null, null);
        describe(first, at);
      }
      case Renamed(var old, var at, var successor) -> {
        note(entry, RENAMED, null, null, successor.value());
        rename(old, successor, at);
      }
      case StateChanged(_, var transition) -> {
        var state = transition.state();
        var evidence = transition.evidence();
        var question = state instanceof AttentionNeeded(_, var asked) ? asked : null;
        note(
            entry,
            STATE,
            state.status().tag(),
            state.detail(),
            question == null ? null : question.reason().tag(),
            question == null ? null : shortened(words(question)),
            evidence.signal(),
            evidence.rule().tag());
      }
      case Prompted(_, _, var prompt) -> {
        if (config.prompts()) {
          note(entry, PROMPT, null, null, prompt);
        }
      }
      case ToolBegan(_, _, var call) -> note(entry, TOOL_BEGAN, call);
      case ToolDone(_, _, var call, var failed) ->
          note(entry, failed ? TOOL_FAILED : TOOL_DONE, call);
      case Gone(var last, var at, var reason, var successor) -> {
        note(entry, ENDED, reason.tag(), null, successor == null ? null : successor.value());
        describe(last, at);
        Rows.run(end, at, reason.tag(), row(last.id(), at).nr);
        rows.remove(last.id());
      }
    }
  }

  /** The question as it was shown, or else what it is about. */
  private static @Nullable String words(Question question) {
    return question.text() != null || question.call() == null
        ? question.text()
        : question.call().target();
  }

  private void note(HistoryEntry entry, String kind, ToolCall call) throws SQLException {
    note(entry, kind, null, call.tool(), call.id(), shortened(call.target()), null, null);
  }

  private void note(
      HistoryEntry entry,
      String kind,
      @Nullable String status,
      @Nullable String tool,
      @Nullable String text)
      throws SQLException {
    note(entry, kind, status, tool, null, text, null, null);
  }

  private void note(
      HistoryEntry entry,
      String kind,
      @Nullable String status,
      @Nullable String tool,
      @Nullable String call,
      @Nullable String text,
      @Nullable String signal,
      @Nullable String rule)
      throws SQLException {
    var nr = row(entry.session(), entry.at()).nr;
    Rows.run(
        note, nr, entry.at(), kind, status, redacted(tool), call, redacted(text), signal, rule);
  }

  /** Tells what is known of a session now, and adds what it has consumed since that was told. */
  private void describe(Session session, Instant now) throws SQLException {
    var row = row(session.id(), session.startedAt());
    var consumed = Consumed.by(session);
    var more = consumed.since(row.consumed);
    if (!more.isNothing()) {
      var minute = now.getEpochSecond() / 60;
      var model = session.model().name();
      Rows.run(consume, row.nr, minute, model, more.cost, more.tokensIn, more.tokensOut);
    }
    if (!consumed.equals(row.consumed)) {
      Rows.run(count, consumed.cost, consumed.tokensIn, consumed.tokensOut, row.nr);
    }
    if (row.described == null || !isAlike(session, row.described)) {
      var place = session.place();
      var git = place == null ? null : place.git();
      var parent = session.links().parent();
      Rows.run(
          describe,
          session.harness().tag(),
          session.agentType().tag(),
          parent == null ? null : parent.value(),
          git != null ? git.projectRoot() : place == null ? null : place.directory(),
          place == null ? null : place.directory(),
          git == null ? null : git.branch(),
          session.model().name(),
          config.prompts() ? redacted(session.firstPrompt()) : null,
          row.nr);
    }
    rows.put(session.id(), new Row(row.nr, session, consumed));
  }

  private static boolean isAlike(Session one, Session other) {
    return one.model().equals(other.model())
        && Objects.equals(one.place(), other.place())
        && Objects.equals(one.firstPrompt(), other.firstPrompt())
        && Objects.equals(one.links().parent(), other.links().parent())
        && one.harness().equals(other.harness())
        && one.agentType().equals(other.agentType());
  }

  /** The row of this name, which is made if there is none. */
  private Row row(SessionId id, Instant at) throws SQLException {
    var known = rows.get(id);
    if (known == null) {
      known = find(id);
      if (known == null) {
        known = new Row(begin(id, at), null, Consumed.NOTHING);
      }
      rows.put(id, known);
    }
    return known;
  }

  private @Nullable Row find(SessionId id) throws SQLException {
    Rows.bind(find, id.value());
    try (var row = find.executeQuery()) {
      return row.next()
          ? new Row(
              row.getLong(1), null, new Consumed(row.getLong(2), row.getLong(3), row.getLong(4)))
          : null;
    }
  }

  private long begin(SessionId id, Instant at) throws SQLException {
    Rows.bind(begin, id.value(), at);
    try (var key = begin.executeQuery()) {
      return key.getLong(1);
    }
  }

  /** What the session was until now is part of what it will be, unless that has been somebody. */
  private void rename(SessionId old, SessionId id, Instant at) throws SQLException {
    var row = row(old, at);
    if (!rows.containsKey(id) && find(id) == null) {
      Rows.run(rename, id.value(), row.nr);
      rows.put(id, row);
    }
    rows.remove(old);
  }

  private static @Nullable String shortened(@Nullable String text) {
    return text == null || text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
  }

  private @Nullable String redacted(@Nullable String text) {
    return text == null ? null : redaction.apply(text);
  }

  @Override
  public void close() throws SQLException {
    for (var statement : List.of(find, begin, describe, count, rename, end, note, consume)) {
      statement.close();
    }
  }
}
