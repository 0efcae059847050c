package dev.atmd.server.files;

import dev.atmd.server.config.SocketPlace;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The place in the file system that clients connect to. Held from before the socket is bound until
 * after it is closed, so that no other daemon of ours takes it; a live daemon of any kind is never
 * stolen from, a dead socket is replaced, and anything else that stands there is left alone.
 */
public final class SocketFile implements AutoCloseable {
  /** What the kernel allows, without its closing zero. */
  private static final int MAX_PATH_BYTES = 107;

  private static final int TYPE_MASK = 0170000;
  private static final int SOCKET_TYPE = 0140000;

  /** Where clients of protocol 1.0 look. */
  private static final Path LEGACY = Path.of("/tmp/atm.sock");

  private final Path path;
  private final FileLock lock;
  private @Nullable Object identity;
  private boolean linked;

  private SocketFile(Path path, FileLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Claims the place: the caller may bind a socket there. */
  public static SocketFile claim(SocketPlace place, long uid) throws IOException, StartException {
    var path = place.path();
    var length = path.toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > MAX_PATH_BYTES) {
      throw new StartException(
          "Failed to setup socket at %s: the path has %d bytes, a socket may have %d"
              .formatted(path, length, MAX_PATH_BYTES));
    }
    var directory = Objects.requireNonNull(path.getParent());
    if (place.isDefault() && directory.startsWith("/tmp")) {
      OwnDirectory.makeAmongStrangers(directory, uid);
    } else {
      OwnDirectory.make(directory);
    }
    OwnDirectory.refuseFreeForAll(directory);
    refuseForeign(path);
    refuseForeign(unnamed(path));
    var lock = FileLock.tryTake(lockFile(path));
    if (lock.isEmpty()) {
      throw inUse(path);
    }
    try {
      removeDead(path);
    } catch (IOException | StartException e) {
      lock.get().close();
      throw e;
    }
    return new SocketFile(path, lock.get());
  }

  public Path path() {
    return path;
  }

  /** Where to bind the socket: it gets its name only when it can be connected to. */
  public Path unnamed() {
    return unnamed(path);
  }

  /** A name of the same length, for that of a socket is bounded. */
  private static Path unnamed(Path path) {
    var name = path.getFileName().toString();
    var last = name.endsWith("~") ? "_" : "~";
    return path.resolveSibling(name.substring(0, name.length() - 1) + last);
  }

  /**
   * The socket has been bound and listens: it gets its name, which must still be free. Only its
   * owner may use it, and it is known again by its inode.
   */
  public void bound() throws IOException {
    Files.setPosixFilePermissions(unnamed(), PosixFilePermissions.fromString("rw-------"));
    identity = identity(unnamed());
    Files.createLink(path, unnamed());
    Files.delete(unnamed());
  }

  /** Makes the name that older clients know lead here, if it is free; says whether it does. */
  public boolean linkLegacyName() throws IOException {
    if (Files.isSymbolicLink(LEGACY) && !Files.exists(LEGACY)) {
      Files.delete(LEGACY);
    }
    if (!Files.exists(LEGACY, LinkOption.NOFOLLOW_LINKS)) {
      Files.createSymbolicLink(LEGACY, path);
    }
    linked = leadsHere(LEGACY);
    return linked;
  }

  /** Removes what is ours, and nothing that has come in its place. */
  @Override
  public void close() throws IOException {
    if (linked && leadsHere(LEGACY)) {
      Files.delete(LEGACY);
    }
    if (identity != null
        && Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        && identity.equals(identity(path))) {
      Files.delete(path);
    }
    lock.close();
  }

  private static void refuseForeign(Path path) throws IOException, StartException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    var mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    if ((mode & TYPE_MASK) != SOCKET_TYPE) {
      throw new StartException(
          "Failed to setup socket at %s: something that is no socket stands there; move it away, or name another socket with --socket"
              .formatted(path));
    }
  }

  private static void removeDead(Path path) throws IOException, StartException {
    if (isAnswered(path)) {
      throw inUse(path);
    }
    Files.deleteIfExists(path);
    Files.deleteIfExists(unnamed(path));
  }

  private static boolean isAnswered(Path path) {
    try (var probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return probe.connect(UnixDomainSocketAddress.of(path));
    } catch (IOException _) {
      return false;
    }
  }

  private static StartException inUse(Path path) {
    return new StartException(
        "Failed to setup socket at %s: a daemon already listens there".formatted(path));
  }

  /** A link of our own to our socket. Another user's link may lead elsewhere a moment later. */
  private boolean leadsHere(Path link) throws IOException {
    return Files.isSymbolicLink(link)
        && Files.readSymbolicLink(link).equals(path)
        && Files.getAttribute(link, "unix:uid", LinkOption.NOFOLLOW_LINKS)
            .equals(Files.getAttribute(path.getParent(), "unix:uid"));
  }

  private static Object identity(Path path) throws IOException {
    return Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
  }

  private static Path lockFile(Path path) {
    return path.resolveSibling(path.getFileName() + ".lock");
  }
}
