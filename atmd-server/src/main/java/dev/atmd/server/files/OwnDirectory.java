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

  /** Makes the directory in a place where others could have put one, and trusts only our own. */
  static void makeAmongStrangers(Path directory, long uid) throws IOException, StartException {
    make(directory);
    var owner = (int) Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    var mode = (int) Files.getAttribute(directory, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    var isDirectory = Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS);
    if (!isDirectory || Integer.toUnsignedLong(owner) != uid || (mode & 0077) != 0) {
      throw new StartException(
          "%s must be a directory of yours with mode 0700; remove it, or name another socket with --socket"
              .formatted(directory));
    }
  }
}
