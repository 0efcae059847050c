package dev.atmd.server.git;

import dev.atmd.core.session.Place.GitLocation;
import dev.atmd.core.text.TerminalText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
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
  private static final String REFERENCE = "ref: ";
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}(?:[0-9a-f]{24})?");
  private static final int COMMIT_DIGITS = 8;

  /** As long as the name of a file may be, in several parts. */
  private static final int MAX_BRANCH_CHARS = 1_024;

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
    return head(gitDirectory.resolve("HEAD")).flatMap(GitFiles::branchOrCommit).orElse(null);
  }

  /** As a link it is how older gits wrote where it refers to: it is read, and not followed. */
  private static Optional<String> head(Path file) {
    if (!Files.isSymbolicLink(file)) {
      return read(file);
    }
    try {
      return Optional.of(REFERENCE + Files.readSymbolicLink(file));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** Nothing for what no git writes: it may be a secret that a repository has led us to. */
  private static Optional<String> branchOrCommit(String head) {
    if (head.startsWith(BRANCH)) {
      return Optional.of(head.substring(BRANCH.length())).filter(GitFiles::isBranchName);
    }
    return COMMIT.matcher(head).matches()
        ? Optional.of(head.substring(0, COMMIT_DIGITS))
        : Optional.empty();
  }

  /** What git-check-ref-format(1) allows, less what nobody can see. */
  private static boolean isBranchName(String name) {
    return !name.isEmpty()
        && name.length() <= MAX_BRANCH_CHARS
        && !name.contains("..")
        && !name.contains("@{")
        && name.codePoints().noneMatch(c -> c <= ' ' || "~^:?*[\\".indexOf(c) >= 0)
        && TerminalText.neutral(name).equals(name);
  }

  /** Only regular files, and never through a link: it could lead anywhere. */
  private static Optional<String> read(Path file) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8).strip());
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
