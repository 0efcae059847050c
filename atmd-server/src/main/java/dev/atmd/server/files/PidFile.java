package dev.atmd.server.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Says which process is the daemon: its number and nothing else, as clients of protocol 1.0 read
 * it. It is believed only while a lock beside it is held, so a stale one names nobody, and nobody
 * is stopped by mistake. The lock says where the socket is.
 */
public final class PidFile implements AutoCloseable {
  private final Path file;
  private final FileLock lock;

  private PidFile(Path file, FileLock lock) {
    this.file = file;
    this.lock = lock;
  }

  /** A daemon that runs. */
  public record Running(long pid, Path socket) {}

  /** Makes this process the only one that may become the daemon, unless another one is. */
  public static PidFile take(Path file, Path socket) throws IOException, StartException {
    OwnDirectory.make(file.toAbsolutePath().getParent());
    var lock = FileLock.tryTake(lockOf(file));
    if (lock.isEmpty()) {
      var other = read(file).map(running -> " (PID " + running.pid + ")").orElse("");
      throw new StartException(
          "Daemon is already running%s; stop it with `atmd stop`".formatted(other));
    }
    Files.deleteIfExists(file);
    lock.get().write(socket.toString());
    return new PidFile(file, lock.get());
  }

  /** Names this process: from now on clients can connect to it. */
  public void announce() throws IOException {
    OwnFiles.create(file, Long.toString(ProcessHandle.current().pid()));
  }

  /** The daemon that runs and has announced itself. Not to be asked by that daemon. */
  public static Optional<Running> running(Path file) throws IOException {
    return FileLock.isHeld(lockOf(file)) ? read(file) : Optional.empty();
  }

  private static Optional<Running> read(Path file) throws IOException {
    try {
      var pid = Files.readString(file).strip();
      return pid.matches("\\d{1,10}")
          ? Optional.of(new Running(Long.parseLong(pid), Path.of(Files.readString(lockOf(file)))))
          : Optional.empty();
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  private static Path lockOf(Path file) {
    return file.resolveSibling(file.getFileName() + ".lock");
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
    lock.close();
  }
}
