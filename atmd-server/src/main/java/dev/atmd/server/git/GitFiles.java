package dev.atmd.server.git;

import dev.atmd.core.session.Place.GitLocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the repository and the branch of a directory by reading git's own files (atm-behaviour §8).
 * Runs no program; reads regular files only, and no more of them than git would write. May block on
 * a slow disk.
 */
final class GitFiles {
  private static final String GIT = ".git";
  private static final String POINTER = "gitdir:";
  private static final String BRANCH = "ref: refs/heads/";
  private static final int COMMIT_DIGITS = 8;

  /** No system opens a longer one, and looking above it would take for ever. */
  private static final int MAX_PATH_CHARS = 4_096;

  /** A path or a branch name, with room to spare. */
  private static final int MAX_BYTES = 8 * 1024;

  private GitFiles() {}

  /**
   * What git knows of a directory; empty outside a repository and for a path that is not absolute.
   */
  static Optional<GitLocation> locate(String directory) {
    if (directory.length() > MAX_PATH_CHARS) {
      return Optional.empty();
    }
    try {
      var path = Path.of(directory).normalize();
      return path.isAbsolute() ? checkout(path).map(GitFiles::location) : Optional.empty();
    } catch (InvalidPathException | SecurityException _) {
      return Optional.empty();
    }
  }

  /** The directory itself or the nearest one above it that holds ".git". */
  private static Optional<Path> checkout(Path directory) {
    return Stream.<Path>iterate(directory, path -> path != null, Path::getParent)
        .filter(path -> Files.exists(path.resolve(GIT)))
        .findFirst();
  }

  private static GitLocation location(Path checkout) {
    var git = checkout.resolve(GIT);
    if (Files.isDirectory(git)) {
      return new GitLocation(checkout.toString(), checkout.toString(), branch(git));
    }
    var pointed = pointedTo(git, checkout);
    var root = pointed.flatMap(GitFiles::repositoryOf).orElse(checkout);
    return new GitLocation(
        root.toString(), checkout.toString(), pointed.map(GitFiles::branch).orElse(null));
  }

  /** Where a linked worktree or a submodule keeps its git files: it may be said relatively. */
  private static Optional<Path> pointedTo(Path git, Path checkout) {
    return read(git)
        .filter(text -> text.startsWith(POINTER))
        .map(text -> checkout.resolve(text.substring(POINTER.length()).strip()).normalize());
  }

  private static Optional<Path> repositoryOf(Path gitDirectory) {
    return Stream.<Path>iterate(gitDirectory, path -> path != null, Path::getParent)
        .filter(path -> path.getFileName() != null && path.getFileName().toString().equals(GIT))
        .findFirst()
        .map(Path::getParent);
  }

  private static @Nullable String branch(Path gitDirectory) {
    return read(gitDirectory.resolve("HEAD")).map(GitFiles::branchOrCommit).orElse(null);
  }

  private static String branchOrCommit(String head) {
    return head.startsWith(BRANCH)
        ? head.substring(BRANCH.length())
        : head.substring(
            0,
            head.offsetByCodePoints(
                0, Math.min(COMMIT_DIGITS, head.codePointCount(0, head.length()))));
  }

  private static Optional<String> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (var in = Files.newInputStream(file)) {
      return Optional.of(new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8).strip());
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
