package dev.atmd.server.spool;

import static java.lang.System.Logger.Level.WARNING;

import dev.atmd.server.files.OwnFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The directory of a spool (docs/protocol.md):
 *
 * <pre>
 * events.jsonl        senders append to it
 * draining-N.jsonl    moved aside by a daemon, which deletes it when all in it has been applied
 * refused.jsonl       the latest lines that could not be read, for people
 * dropped             a byte for each event that found no room
 * applied             ids of the latest events; there only while no daemon runs
 * </pre>
 *
 * Only a directory that is ours alone is used, and in it only regular files of ours. On the thread
 * that drains.
 */
final class SpoolFiles {
  private static final System.Logger LOG = System.getLogger(SpoolFiles.class.getName());

  /** Twice what senders fill; whatever wrote more was no sender. */
  private static final long MAX_FILE_BYTES = 32L * 1024 * 1024;

  private static final long MAX_REFUSED_BYTES = 1024L * 1024;

  private static final int REGULAR_FILE = 0100000;
  private static final int TYPE_MASK = 0170000;

  private final Path directory;
  private final long uid;
  private boolean warned;

  SpoolFiles(Path directory, long uid) {
    this.directory = directory;
    this.uid = uid;
  }

  /** Whether there is a spool that may be used. One that may not is complained of once. */
  boolean isUsable() throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    var usable = isOwn(directory) && ((int) attribute(directory, "unix:mode") & 0077) == 0;
    if (!usable && !warned) {
      warned = true;
      LOG.log(
          WARNING, "{0} is not a directory of ours alone: what it holds is left alone", directory);
    }
    return usable;
  }

  /** Moves what waits aside; the files to be read now, the oldest first. */
  List<Path> take() throws IOException {
    var found = new ArrayList<Path>(draining());
    var waiting = directory.resolve("events.jsonl");
    if (isOwnFile(waiting)) {
      var aside = free();
      Files.move(waiting, aside, StandardCopyOption.ATOMIC_MOVE);
      found.add(aside);
    }
    return found;
  }

  /** What stands in a file; empty if it is too much to be what senders wrote. */
  byte[] read(Path file) throws IOException {
    if (Files.size(file) > MAX_FILE_BYTES) {
      LOG.log(WARNING, "{0} is larger than any spool: it is set aside", file);
      Files.move(file, directory.resolve("refused.jsonl"), StandardCopyOption.REPLACE_EXISTING);
      return new byte[0];
    }
    try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return in.readAllBytes();
    } catch (NoSuchFileException _) {
      return new byte[0];
    }
  }

  /** All in it has been applied, unless more has been written since it was read. */
  void discard(Path file, long bytesRead) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) <= bytesRead) {
      Files.deleteIfExists(file);
    }
  }

  /** Keeps a line that cannot be read where people find it. */
  void refuse(byte[] line) throws IOException {
    var file = directory.resolve("refused.jsonl");
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && (!isOwnFile(file) || Files.size(file) + line.length > MAX_REFUSED_BYTES)) {
      Files.delete(file);
    }
    if (line.length < MAX_REFUSED_BYTES) {
      try (var out =
          Files.newByteChannel(
              file,
              Set.of(
                  StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS),
              OwnFiles.PRIVATE)) {
        out.write(ByteBuffer.wrap(line));
        out.write(ByteBuffer.wrap(new byte[] {'\n'}));
      }
    }
  }

  /** Events that found no room, as the senders count them. */
  long dropped() {
    return size("dropped");
  }

  /** Bytes that wait. */
  long waitingBytes() {
    return size("events.jsonl");
  }

  private long size(String name) {
    try {
      var file = directory.resolve(name);
      return isOwnFile(file) ? Files.size(file) : 0;
    } catch (IOException _) {
      return 0;
    }
  }

  private List<Path> draining() throws IOException {
    var found = new ArrayList<Path>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "draining-*.jsonl")) {
      for (var file : files) {
        if (isOwnFile(file)) {
          found.add(file);
        }
      }
    }
    found.sort(null);
    return found;
  }

  private Path free() {
    for (var number = 0; ; number++) {
      var file = directory.resolve("draining-%06d.jsonl".formatted(number));
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        return file;
      }
    }
  }

  private boolean isOwnFile(Path file) throws IOException {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && ((int) attribute(file, "unix:mode") & TYPE_MASK) == REGULAR_FILE
        && isOwn(file);
  }

  private boolean isOwn(Path file) throws IOException {
    return Integer.toUnsignedLong((int) attribute(file, "unix:uid")) == uid;
  }

  private static Object attribute(Path file, String name) throws IOException {
    return Files.getAttribute(file, name, LinkOption.NOFOLLOW_LINKS);
  }
}
