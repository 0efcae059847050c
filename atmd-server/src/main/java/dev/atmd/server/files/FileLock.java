package dev.atmd.server.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A file that one process at a time holds; the system lets go of it when that process ends, however
 * it ends. Its text is whatever the holder wrote.
 */
final class FileLock implements AutoCloseable {
  private static final int MAX_TEXT_BYTES = 4_096;

  private final Path file;
  private final FileChannel channel;

  private FileLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the file and writes {@code text} into it; empty if another process, or this one, holds
   * it.
   */
  static Optional<FileLock> tryTake(Path file, String text) throws IOException {
    var channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      if (channel.tryLock() != null) {
        write(channel, text);
        // Its last holder may have deleted it between our opening and our locking it.
        if (Files.exists(file) && read(file).equals(text)) {
          return Optional.of(new FileLock(file, channel));
        }
      }
    } catch (OverlappingFileLockException _) {
      // Held by this process: the same as held by another.
    }
    channel.close();
    return Optional.empty();
  }

  /** Whether anybody holds the file. */
  static boolean isHeld(Path file) throws IOException {
    try (var channel =
        FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      return channel.tryLock() == null;
    } catch (OverlappingFileLockException _) {
      return true;
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  /** The text of such a file, held or not. */
  static String read(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      var bytes = ByteBuffer.allocate(MAX_TEXT_BYTES);
      channel.read(bytes);
      return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }
  }

  /** Deletes the file and lets go of it. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
    channel.close();
  }

  private static void write(FileChannel channel, String text) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
  }
}
