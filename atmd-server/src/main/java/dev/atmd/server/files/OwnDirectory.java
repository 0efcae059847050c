package dev.atmd.server.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** Directories that only this user can enter. */
public final class OwnDirectory {
  private static final long ROOT = 0;
  private static final int STICKY = 01000;
  private static final int WRITABLE_BY_ALL = 0002;

  private OwnDirectory() {}

  /** Makes the directory, and those above it, if they are not there; new ones get mode 0700. */
  public static void make(@Nullable Path directory) throws IOException {
    if (directory == null || Files.isDirectory(directory)) {
      return;
    }
    make(directory.getParent());
    try {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory)) {
        throw e;
      }
    }
  }

  /**
   * Makes the directory, which may be a link of ours, and sees to it that it is ours and that only
   * we can enter: one that an older program made is closed to others, another user's is refused.
   */
  public static void makePrivate(Path directory, long uid) throws IOException, StartException {
    make(directory);
    var link = owner(directory, LinkOption.NOFOLLOW_LINKS);
    if ((link != uid && link != ROOT) || owner(directory) != uid) {
      throw new StartException(
          "%s belongs to another user; name a directory of your own with --state-dir"
              .formatted(directory));
    }
    if (((int) Files.getAttribute(directory, "unix:mode") & 0077) != 0) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** Makes the directory in a place where others could have put one, and trusts only our own. */
  static void makeAmongStrangers(Path directory, long uid) throws IOException, StartException {
    make(directory);
    var owner = owner(directory, LinkOption.NOFOLLOW_LINKS);
    var mode = (int) Files.getAttribute(directory, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    var isDirectory = Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS);
    if (!isDirectory || owner != uid || (mode & 0077) != 0) {
      throw new StartException(
          "%s must be a directory of yours with mode 0700; remove it, or name another socket with --socket"
              .formatted(directory));
    }
  }

  /** Refuses a place where anybody may replace what stands there. */
  static void refuseFreeForAll(Path directory) throws IOException, StartException {
    var mode = (int) Files.getAttribute(directory, "unix:mode");
    if ((mode & WRITABLE_BY_ALL) != 0 && (mode & STICKY) == 0) {
      throw new StartException(
          "everybody may replace files in %s; take that right away, or name another socket with --socket"
              .formatted(directory));
    }
  }

  private static long owner(Path path, LinkOption... options) throws IOException {
    return Integer.toUnsignedLong((int) Files.getAttribute(path, "unix:uid", options));
  }
}
