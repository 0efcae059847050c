package dev.atmd.server.store;

import static java.lang.System.Logger.Level.WARNING;

import dev.atmd.server.files.OwnDirectory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The file that remembers. What cannot be read is put aside under another name, never deleted.
 * Confined to one thread.
 */
final class Database {
  private static final System.Logger LOG = System.getLogger(Database.class.getName());

  private static final int SQL_ERROR = 1;
  private static final int CORRUPT = 11;
  private static final int NOT_A_DATABASE = 26;

  /** What SQLite puts beside its file. */
  private static final List<String> PARTS = List.of("", "-wal", "-shm");

  private final Path file;

  Database(Path file) {
    this.file = file;
  }

  /** Opens it, whatever is there. */
  Connection open(Instant now) throws SQLException, IOException {
    prepare();
    try {
      return openAsItIs(now);
    } catch (SQLException e) {
      // Our own words are right: if they are an error, the file is somebody else's.
      if (!isUnreadable(e) && e.getErrorCode() != SQL_ERROR) {
        throw e;
      }
      setAside("unreadable", now, "%s is damaged (%s)".formatted(file, e.getMessage()));
      prepare();
      return openAsItIs(now);
    }
  }

  /** Whether the file is not what it should be, so that nothing can be done with it. */
  static boolean isUnreadable(SQLException e) {
    var code = e.getErrorCode() & 0xFF;
    return code == CORRUPT || code == NOT_A_DATABASE;
  }

  private Connection openAsItIs(Instant now) throws SQLException, IOException {
    var connection = connect();
    try {
      var version = version(connection);
      if (version > Schema.version()) {
        connection.close();
        setAside(
            "version-" + version,
            now,
            "%s is of version %d, this daemon knows %d".formatted(file, version, Schema.version()));
        prepare();
        connection = connect();
        version = version(connection);
      }
      if (version < Schema.version()) {
        Schema.migrate(connection, version);
      }
      if (!Schema.isThatOf(connection)) {
        throw new SQLException("it has other tables than it should", null, NOT_A_DATABASE);
      }
      return connection;
    } catch (SQLException | IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** A connection for reading only. The file must be there. */
  Connection openToRead() throws SQLException {
    var connection = connection(url() + "?mode=ro");
    try (var statement = connection.createStatement()) {
      statement.execute("PRAGMA query_only = true");
      statement.execute("PRAGMA busy_timeout = 1000");
    }
    return connection;
  }

  private Connection connect() throws SQLException {
    // Without looking up after each row whether the database has numbered it.
    var connection = connection(url() + "?jdbc.get_generated_keys=false");
    try (var statement = connection.createStatement()) {
      // Before the first table: pages that are free can be given back only then.
      statement.execute("PRAGMA auto_vacuum = INCREMENTAL");
      statement.execute("PRAGMA journal_mode = WAL");
      // With FULL a commit is on the disk when it is done, not only in the kernel.
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("PRAGMA journal_size_limit = 16777216");
      statement.execute("PRAGMA cache_size = -2048");
      statement.execute("PRAGMA busy_timeout = 1000");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return connection;
  }

  private static Connection connection(String url) throws SQLException {
    try {
      return DriverManager.getConnection(url);
    } catch (LinkageError e) {
      throw new SQLException("the code of SQLite cannot be loaded (" + e.getMessage() + ")", e);
    }
  }

  private static int version(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("PRAGMA user_version")) {
      return row.getInt(1);
    }
  }

  private String url() {
    return "jdbc:sqlite:" + file.toUri();
  }

  /** Nobody else may read the file from its first moment on; its companions get the same mode. */
  private void prepare() throws IOException {
    var directory = file.resolveSibling("");
    OwnDirectory.make(directory);
    if (Files.isSymbolicLink(file)) {
      throw new IOException(file + " is a symbolic link");
    }
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      Files.newByteChannel(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
          .close();
    }
    keepLibraryIn(file.resolveSibling("native"));
  }

  /**
   * The driver unpacks its library into a directory that is ours alone. What a killed daemon has
   * left there is removed.
   */
  private static void keepLibraryIn(Path directory) throws IOException {
    if (System.getProperty("org.sqlite.tmpdir") != null
        || System.getProperty("org.sqlite.lib.path") != null) {
      return;
    }
    OwnDirectory.make(directory);
    try (DirectoryStream<Path> old = Files.newDirectoryStream(directory, "sqlite-*")) {
      for (var library : old) {
        Files.deleteIfExists(library);
      }
    }
    System.setProperty("org.sqlite.tmpdir", directory.toString());
  }

  /** Gives the file and its companions another name. */
  void setAside(String why, Instant now, String message) throws IOException {
    var aside = "%s.%s-%d".formatted(file.getFileName(), why, now.getEpochSecond());
    for (var part : PARTS) {
      var old = file.resolveSibling(file.getFileName() + part);
      if (Files.exists(old, LinkOption.NOFOLLOW_LINKS)) {
        Files.move(old, file.resolveSibling(aside + part));
      }
    }
    LOG.log(WARNING, "{0}: it is kept as {1}, and history begins anew", message, aside);
  }
}
