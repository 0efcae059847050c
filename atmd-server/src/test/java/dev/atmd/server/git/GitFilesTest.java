package dev.atmd.server.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.session.Place.GitLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitFilesTest {
  @TempDir private Path home;

  private Path shop;

  @BeforeEach
  void aRepositoryOnMain() throws IOException {
    shop = home.resolve("josé/shop");
    write(shop.resolve(".git/HEAD"), "ref: refs/heads/feature/x\n");
  }

  @Test
  void findsRootAndBranchAtTheTop() {
    assertThat(GitFiles.locate(shop.toString()))
        .contains(new GitLocation(shop.toString(), shop.toString(), "feature/x"));
  }

  @Test
  void findsThemInsideAsWell() throws IOException {
    var inside = Files.createDirectories(shop.resolve("src/main"));

    assertThat(GitFiles.locate(inside.toString()))
        .contains(new GitLocation(shop.toString(), shop.toString(), "feature/x"));
  }

  @Test
  void doesNotMindATrailingSlash() {
    assertThat(GitFiles.locate(shop + "/")).isEqualTo(GitFiles.locate(shop.toString()));
  }

  @Test
  void seesThroughDotsInAPath() throws IOException {
    Files.createDirectories(shop.resolve("src"));

    assertThat(GitFiles.locate(shop + "/src/../.")).isEqualTo(GitFiles.locate(shop.toString()));
  }

  @Test
  void looksForNothingAtAPathThatNoSystemOpens() {
    var deepest = shop + "/" + "x/".repeat((4_096 - shop.toString().length() - 1) / 2);

    assertThat(GitFiles.locate(deepest)).isEqualTo(GitFiles.locate(shop.toString()));
    assertThat(GitFiles.locate(deepest + "/" + "x/".repeat(400_000))).isEmpty();
  }

  @Test
  void showsEightDigitsOfADetachedCommit() throws IOException {
    write(shop.resolve(".git/HEAD"), "0123456789abcdef0123456789abcdef01234567\n");

    assertThat(GitFiles.locate(shop.toString()).orElseThrow().branch()).isEqualTo("01234567");
  }

  @Test
  void leadsALinkedWorktreeToItsRepository() throws IOException {
    var worktree = home.resolve("retries");
    var gitDirectory = shop.resolve(".git/worktrees/retries");
    write(worktree.resolve(".git"), "gitdir: " + gitDirectory + "\n");
    write(gitDirectory.resolve("HEAD"), "ref: refs/heads/retries\n");

    assertThat(GitFiles.locate(worktree.toString()))
        .contains(new GitLocation(shop.toString(), worktree.toString(), "retries"));
  }

  @Test
  void followsARelativePointerOfASubmodule() throws IOException {
    var module = shop.resolve("lib");
    write(module.resolve(".git"), "gitdir: ../.git/modules/lib\n");
    write(shop.resolve(".git/modules/lib/HEAD"), "ref: refs/heads/stable\n");

    assertThat(GitFiles.locate(module.toString()))
        .contains(new GitLocation(shop.toString(), module.toString(), "stable"));
  }

  @Test
  void takesADirectoryWithABrokenPointerForItself() throws IOException {
    var broken = home.resolve("broken");
    write(broken.resolve(".git"), "nothing of use");

    assertThat(GitFiles.locate(broken.toString()))
        .contains(new GitLocation(broken.toString(), broken.toString(), null));
  }

  @Test
  void findsNothingOutsideARepositoryNorForAPathThatIsNotAbsolute() {
    assertThat(GitFiles.locate(home.toString())).isEmpty();
    assertThat(GitFiles.locate("")).isEmpty();
    assertThat(GitFiles.locate("shop")).isEmpty();
    assertThat(GitFiles.locate("/no\0where")).isEmpty();
  }

  @Test
  void opensNothingButRegularFiles() throws IOException, InterruptedException {
    var trap = Files.createDirectories(home.resolve("trap/.git"));
    var made = new ProcessBuilder("mkfifo", trap.resolve("HEAD").toString()).start().waitFor();
    assertThat(made).isZero();

    assertThat(GitFiles.locate(home.resolve("trap").toString()).orElseThrow().branch()).isNull();
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
