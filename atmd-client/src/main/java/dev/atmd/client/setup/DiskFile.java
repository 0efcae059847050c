package dev.atmd.client.setup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One file that is replaced as a whole or not at all. Links to it stay links. */
final class DiskFile {
  /** As many links as Linux follows. */
  private static final int MAX_LINKS = 40;

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final Path target;

  private DiskFile(Path target) {
    this.target = target;
  }

  /** The file at {@code path}, or where the links from there lead. */
  static DiskFile at(Path path) throws IOException {
    var target = path;
    for (var links = 0; Files.isSymbolicLink(target); links++) {
      if (links == MAX_LINKS) {
        throw new SetupException("is a link that leads to itself");
      }
      target = target.resolveSibling(Files.readSymbolicLink(target)).normalize();
    }
    return new DiskFile(target);
  }

  Path target() {
    return target;
  }

  Contents read() throws IOException {
    try {
      return Contents.of(Files.readAllBytes(target));
    } catch (NoSuchFileException | NotDirectoryException _) {
      return Contents.ABSENT;
    }
  }

  /**
   * Replaces {@code expected} by {@code next}, keeping the mode.
   *
   * @return the directories that had to be made, outermost first
   */
  List<Path> replace(Contents expected, Contents next) throws IOException {
    if (!read().equals(expected)) {
      throw new SetupException("was changed by somebody else in the meantime; try again");
    }
    if (expected.exists() && !Files.isWritable(target)) {
      throw new SetupException("may not be written to; make it writable first");
    }
    if (!next.exists()) {
      Files.deleteIfExists(target);
      return List.of();
    }
    var made = makeDirectories();
    var temporary = Files.createTempFile(directory(), "." + target.getFileName(), ".tmp");
    try {
      write(temporary, next);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    flushDirectory();
    return made;
  }

  private void write(Path temporary, Contents next) throws IOException {
    try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      var bytes = ByteBuffer.wrap(next.bytes());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      if (Files.getFileStore(directory()).supportsFileAttributeView(PosixFileAttributeView.class)) {
        Files.setPosixFilePermissions(temporary, mode());
      }
      channel.force(true);
    }
  }

  /** A new file may come to hold secrets of the user, so it is for the owner alone. */
  private Set<PosixFilePermission> mode() throws IOException {
    return Files.exists(target) ? Files.getPosixFilePermissions(target) : OWNER_ONLY;
  }

  private List<Path> makeDirectories() throws IOException {
    var missing = new ArrayList<Path>();
    @Nullable Path at = directory();
    while (at != null && !Files.isDirectory(at)) {
      missing.addFirst(at);
      at = at.getParent();
    }
    Files.createDirectories(directory());
    return missing;
  }

  private Path directory() {
    return target.resolveSibling("").toAbsolutePath().normalize();
  }

  /** Without this the new name may be lost in a power failure. Not every system can. */
  private void flushDirectory() {
    try (var channel = FileChannel.open(directory(), StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException _) {
      // The file itself is on the disk; its name follows when the system sees fit.
    }
  }
}
