package dev.atmd.server.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/**
 * A file that one process at a time holds; the system lets go of it when that process ends, however
 * it ends. The file is never deleted: whoever opened it before that would hold a lock on nothing.
 * Nor may its holder open it again: closing any of its descriptors would let go of it. Its text is
 * whatever the holder wrote.
 */
final class FileLock implements AutoCloseable {
  /** Who only asks whether the file is held has it for a moment. */
  private static final int TRIES = 5;

  private static final long BETWEEN_TRIES_MILLIS = 10;

  private final FileChannel channel;

  private FileLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the file; empty if another process, or this one, holds it. */
  static Optional<FileLock> tryTake(Path file) throws IOException {
    var channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            OwnFiles.PRIVATE);
    for (var tries = 1; !isTaken(channel); tries++) {
      if (tries == TRIES || !pause()) {
        channel.close();
        return Optional.empty();
      }
    }
    return Optional.of(new FileLock(channel));
  }

  private static boolean pause() {
    try {
      Thread.sleep(BETWEEN_TRIES_MILLIS);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Whether another process holds the file. Not to be asked by its holder. */
  static boolean isHeld(Path file) throws IOException {
    try (var channel =
        FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      return !isTaken(channel);
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  void write(String text) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
  }

  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
