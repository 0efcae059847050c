package dev.atmd.core.session;

import org.jspecify.annotations.Nullable;

/**
 * Where a session works.
 *
 * @param directory full path of its working directory, as the harness spells it
 * @param git what git knows of that directory; null outside a repository or while unknown
 */
public record Place(String directory, @Nullable GitLocation git) {
  /**
   * A checkout.
   *
   * @param projectRoot the repository that all worktrees share
   * @param worktree the root of this checkout
   * @param branch its branch, or the first eight digits of the commit where detached
   */
  public record GitLocation(
      String projectRoot, @Nullable String worktree, @Nullable String branch) {}
}
