package dev.atmd.server.store;

import static java.lang.System.Logger.Level.WARNING;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.atmd.core.registry.ChangeSet;
import dev.atmd.core.registry.Ended;
import dev.atmd.core.registry.EndedSession;
import dev.atmd.core.registry.KeptSession;
import dev.atmd.core.registry.Memory;
import dev.atmd.core.registry.RemovalReason;
import dev.atmd.core.session.SessionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the registry has to know to go on, as rows. Confined to one thread. */
final class LiveSessions implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LiveSessions.class.getName());

  private final Connection connection;
  private final SessionJson json;
  private final int rememberedEvents;
  private final PreparedStatement put;
  private final PreparedStatement remove;
  private final PreparedStatement end;
  private final PreparedStatement revive;
  private final PreparedStatement see;
  private final PreparedStatement forgetSeen;
  private final PreparedStatement forgetEnded;

  LiveSessions(Connection connection, SessionJson json, int rememberedEvents) throws SQLException {
    this.connection = connection;
    this.json = json;
    this.rememberedEvents = rememberedEvents;
    put = connection.prepareStatement("INSERT OR REPLACE INTO live VALUES (?, ?)");
    remove = connection.prepareStatement("DELETE FROM live WHERE id = ?");
    end = connection.prepareStatement("INSERT OR REPLACE INTO over VALUES (?, ?, ?, ?)");
    revive = connection.prepareStatement("DELETE FROM over WHERE id = ?");
    see = connection.prepareStatement("INSERT OR REPLACE INTO seen (id) VALUES (?)");
    forgetSeen =
        connection.prepareStatement("DELETE FROM seen WHERE nr <= (SELECT max(nr) FROM seen) - ?");
    forgetEnded = connection.prepareStatement("DELETE FROM over WHERE until < ?");
  }

  void apply(ChangeSet changes, Instant now) throws SQLException {
    if (changes.complete()) {
      forgetAll();
    }
    for (var id : changes.removed()) {
      Rows.run(remove, id.value());
    }
    for (var session : changes.ended()) {
      var ended = session.end();
      Rows.run(end, session.id().value(), ended.at(), ended.reason().name(), session.until());
    }
    for (var kept : changes.changed()) {
      put(kept);
    }
    for (var event : changes.seenEvents()) {
      Rows.run(see, event);
    }
    if (!changes.seenEvents().isEmpty()) {
      Rows.run(forgetSeen, rememberedEvents);
    }
    if (!changes.ended().isEmpty()) {
      Rows.run(forgetEnded, now);
    }
  }

  private void forgetAll() throws SQLException {
    try (var statement = connection.createStatement()) {
      for (var table : List.of("live", "over", "seen")) {
        statement.execute("DELETE FROM " + table);
      }
    }
  }

  /** What cannot be written costs only its session. */
  private void put(KeptSession kept) throws SQLException {
    var id = kept.session().id().value();
    try {
      Rows.run(put, id, json.write(kept));
    } catch (JsonProcessingException e) {
      LOG.log(WARNING, "cannot keep session {0}: {1}", id, e.getOriginalMessage());
    }
    Rows.run(revive, id);
  }

  /** All of it. A row that cannot be read costs only its session. */
  Memory read(Instant now) throws SQLException {
    return new Memory(sessions(), ended(now), seen());
  }

  private List<KeptSession> sessions() throws SQLException {
    var sessions = new ArrayList<KeptSession>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT id, json FROM live")) {
      while (rows.next()) {
        read(rows.getString(1), rows.getString(2)).ifPresent(sessions::add);
      }
    }
    sessions.sort(Comparator.comparing(kept -> kept.session().startedAt()));
    return sessions;
  }

  private Optional<KeptSession> read(String id, String text) {
    try {
      return Optional.of(json.read(text));
    } catch (JsonProcessingException | RuntimeException e) {
      LOG.log(WARNING, "cannot restore session {0}: {1}", id, e.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  private List<EndedSession> ended(Instant now) throws SQLException {
    var ended = new ArrayList<EndedSession>();
    try (var statement =
        connection.prepareStatement("SELECT id, at, reason, until FROM over WHERE until >= ?")) {
      Rows.bind(statement, now);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          ended.add(
              new EndedSession(
                  SessionId.of(rows.getString(1)),
                  new Ended(
                      Instant.ofEpochMilli(rows.getLong(2)),
                      RemovalReason.valueOf(rows.getString(3))),
                  Instant.ofEpochMilli(rows.getLong(4))));
        }
      }
    }
    return ended;
  }

  private List<String> seen() throws SQLException {
    var seen = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT id FROM seen ORDER BY nr")) {
      while (rows.next()) {
        seen.add(rows.getString(1));
      }
    }
    return seen;
  }

  @Override
  public void close() throws SQLException {
    for (var statement : List.of(put, remove, end, revive, see, forgetSeen, forgetEnded)) {
      statement.close();
    }
  }
}
