package dev.atmd.server.files;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Says which process is the daemon. It is believed only while that process holds the file, so a
 * stale one names nobody, and nobody is stopped by mistake:
 *
 * <pre>
 * 41234
 * /run/user/1000/atm.sock
 * </pre>
 */
public final class PidFile implements AutoCloseable {
  private final FileLock lock;

  private PidFile(FileLock lock) {
    this.lock = lock;
  }

  /** A daemon that runs. */
  public record Running(long pid, Path socket) {}

  /** Makes this process the daemon, unless another one is. */
  public static PidFile take(Path file, Path socket) throws IOException, StartException {
    OwnDirectory.make(file.toAbsolutePath().getParent());
    var lock = FileLock.tryTake(file, ProcessHandle.current().pid() + "\n" + socket + "\n");
    if (lock.isEmpty()) {
      var other = read(file).map(running -> " (PID " + running.pid + ")").orElse("");
      throw new StartException(
          "Daemon is already running%s; stop it with `atmd stop`".formatted(other));
    }
    return new PidFile(lock.get());
  }

  /** The daemon that holds the file. */
  public static Optional<Running> running(Path file) throws IOException {
    return FileLock.isHeld(file) ? read(file) : Optional.empty();
  }

  private static Optional<Running> read(Path file) throws IOException {
    try {
      var lines = FileLock.read(file).lines().toList();
      return lines.size() == 2 && lines.getFirst().matches("\\d{1,10}")
          ? Optional.of(new Running(Long.parseLong(lines.getFirst()), Path.of(lines.getLast())))
          : Optional.empty();
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
