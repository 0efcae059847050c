package dev.atmd.server.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
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

  private final FileChannel channel;

  private FileLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the file; empty if another process, or this one, holds it. */
  static Optional<FileLock> tryTake(Path file) throws IOException {
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
        return Optional.of(new FileLock(channel));
      }
    } catch (OverlappingFileLockException _) {
      // Held by this process: the same as held by another.
    }
    channel.close();
    return Optional.empty();
  }

  void write(String text) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
  }

  /** The text of such a file, held or not. */
  static String read(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      var bytes = ByteBuffer.allocate(MAX_TEXT_BYTES);
      channel.read(bytes);
      return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
