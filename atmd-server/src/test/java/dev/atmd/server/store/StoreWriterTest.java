package dev.atmd.server.store;

import static dev.atmd.server.store.KeptSessions.NOON;
import static dev.atmd.server.store.KeptSessions.bare;
import static dev.atmd.server.store.KeptSessions.changed;
import static dev.atmd.server.store.KeptSessions.full;
import static dev.atmd.server.store.KeptSessions.removed;
import static dev.atmd.server.store.KeptSessions.seen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmd.core.registry.ChangeSet;
import dev.atmd.core.registry.Ended;
import dev.atmd.core.registry.EndedSession;
import dev.atmd.core.registry.KeptSession;
import dev.atmd.core.registry.Memory;
import dev.atmd.core.registry.RemovalReason;
import dev.atmd.core.session.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one run writes is what the next one finds, whatever has become of the file. */
class StoreWriterTest {
  static final StoreConfig CONFIG =
      new StoreConfig(
          true,
          Duration.ofMillis(100),
          Duration.ofDays(90),
          512L * 1_024 * 1_024,
          true,
          Pattern.compile(""));

  @TempDir private Path directory;
  private StoreWriter writer;

  private Path file() {
    return directory.resolve("atmd.db");
  }

  private StoreWriter writer(String boot) {
    return new StoreWriter(new Database(file()), CONFIG, UnaryOperator.identity(), 3, boot);
  }

  private Memory afterRestart() throws SQLException, IOException {
    return afterRestart("boot-1");
  }

  private Memory afterRestart(String boot) throws SQLException, IOException {
    writer.close();
    writer = writer(boot);
    return writer.restore(NOON);
  }

  @BeforeEach
  void open() {
    writer = writer("boot-1");
  }

  @AfterEach
  void close() throws SQLException {
    writer.close();
  }

  @Test
  void theFirstRunFindsNothing() throws Exception {
    assertThat(afterRestart()).isEqualTo(Memory.NONE);
  }

  @Test
  void keepsSessionsAsTheyWereLast() throws Exception {
    writer.write(changed(bare("a"), full()), NOON);
    writer.write(removed("a"), NOON);
    writer.write(changed(bare("b")), NOON);

    assertThat(afterRestart().sessions()).containsExactly(full(), bare("b"));
  }

  @Test
  void aCompleteSetReplacesAll() throws Exception {
    var end = new Ended(NOON, RemovalReason.ENDED);
    var before = new EndedSession(SessionId.of("c"), end, NOON.plusSeconds(60));
    var after = new EndedSession(SessionId.of("d"), end, NOON.plusSeconds(60));
    writer.write(changed(bare("a"), full()), NOON);
    writer.write(removed("c", before), NOON);
    writer.write(seen("1", "2"), NOON);

    writer.write(
        new ChangeSet(
            true, List.of(bare("b")), List.of(), List.of(after), List.of("3"), List.of(), 0),
        NOON);

    assertThat(afterRestart())
        .isEqualTo(new Memory(List.of(bare("b")), List.of(after), List.of("3")));
  }

  @Test
  void remembersWhoIsOverUntilThatMayBeForgotten() throws Exception {
    var end = new Ended(NOON, RemovalReason.ENDED);
    var still = new EndedSession(SessionId.of("a"), end, NOON.plusSeconds(60));
    var before = new EndedSession(SessionId.of("b"), end, NOON.minusSeconds(1));
    writer.write(removed("a", still, before), NOON);

    assertThat(afterRestart().ended()).containsExactly(still);
  }

  @Test
  void whoIsThereAgainIsNotOver() throws Exception {
    var end = new Ended(NOON, RemovalReason.ENDED);
    writer.write(
        removed("a", new EndedSession(SessionId.of("a"), end, NOON.plusSeconds(60))), NOON);
    writer.write(changed(bare("a")), NOON);

    assertThat(afterRestart().ended()).isEmpty();
  }

  @Test
  void remembersTheNewestEvents() throws Exception {
    writer.write(seen("1", "2", "3", "4"), NOON);
    writer.write(seen("2"), NOON);

    assertThat(afterRestart().seenEvents()).containsExactly("3", "4", "2");
  }

  @Test
  void afterARebootNoProcessIsTheSame() throws Exception {
    writer.write(changed(full()), NOON);

    assertThat(afterRestart("boot-2").sessions()).containsExactly(full().afterReboot());
    assertThat(full().afterReboot()).isNotEqualTo(full());
  }

  @Test
  void nobodyElseMayReadIt() throws Exception {
    writer.write(changed(full()), NOON);

    try (var files = Files.newDirectoryStream(directory, "atmd.db*")) {
      for (var file : files) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as("%s", file)
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void putsAsideWhatIsNoDatabase() throws Exception {
    Files.writeString(
        file(), "this is not a database, although it is long enough for one ".repeat(99));

    assertThat(afterRestart()).isEqualTo(Memory.NONE);
    writer.write(changed(bare("a")), NOON);

    assertThat(afterRestart().sessions()).containsExactly(bare("a"));
    assertThat(names()).contains("atmd.db.unreadable-" + NOON.getEpochSecond());
  }

  @Test
  void putsAsideWhatALaterVersionHasWritten() throws Exception {
    writer.write(changed(full()), NOON);
    writer.close();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 99");
    }

    assertThat(afterRestart()).isEqualTo(Memory.NONE);
    assertThat(names()).contains("atmd.db.version-99-" + NOON.getEpochSecond());
  }

  @Test
  void goesOnWhenTheFileIsDamagedWhileItIsUsed() throws Exception {
    var many = new KeptSession[500];
    for (var i = 0; i < many.length; i++) {
      many[i] = bare("session-" + i);
    }
    writer.write(changed(many), NOON);
    writer.close();
    try (var file = Files.newByteChannel(file(), StandardOpenOption.WRITE)) {
      for (var page = 1; page < 60; page++) {
        file.position(page * 4_096L);
        var _ = file.write(java.nio.ByteBuffer.wrap(new byte[] {(byte) 0xFF, 1, 2, 3, 4, 5, 6, 7}));
      }
    }
    writer = writer("boot-1");

    assertThatThrownBy(() -> writer.write(changed(many), NOON)).isInstanceOf(SQLException.class);
    assertThat(writer.needsEverything()).isTrue();
    writer.write(changed(bare("a")), NOON);

    assertThat(afterRestart().sessions()).containsExactly(bare("a"));
    assertThat(names()).contains("atmd.db.unreadable-" + NOON.getEpochSecond());
  }

  @Test
  void aSessionThatCannotBeReadCostsOnlyItself() throws Exception {
    writer.write(changed(bare("a"), bare("b")), NOON);
    writer.close();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        var statement = connection.createStatement()) {
      statement.execute("UPDATE live SET json = '{\"session\":7}' WHERE id = 'a'");
    }

    assertThat(afterRestart().sessions()).containsExactly(bare("b"));
  }

  @Test
  void refusesALink() throws Exception {
    Files.createSymbolicLink(file(), directory.resolve("elsewhere"));

    assertThatThrownBy(() -> writer.restore(NOON))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("symbolic link");
    assertThat(names()).doesNotContain("elsewhere");
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
