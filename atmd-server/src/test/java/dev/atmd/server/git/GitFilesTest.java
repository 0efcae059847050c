package dev.atmd.server.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.session.Place.GitLocation;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AKIAIOSFODNN7EXAMPLE",
        "root:x:0:0:root:/root:/bin/sh",
        "0123456789abcdef",
        "0123456789ABCDEF0123456789ABCDEF01234567",
        "ref: refs/heads/",
        "ref: refs/heads/a b",
        "ref: refs/heads/a\nsecond line",
        "ref: refs/heads/../../x",
        "ref: refs/heads/a\u001b[31m",
        "ref: refs/heads/a\u202eb",
        "ref: refs/heads/a\u200bb",
        "ref: refs/remotes/origin/x",
        "ref: /etc/passwd",
        ""
      })
  void showsNothingThatNoGitWrites(String head) throws IOException {
    write(shop.resolve(".git/HEAD"), head);

    assertThat(GitFiles.locate(shop.toString()))
        .contains(new GitLocation(shop.toString(), shop.toString(), null));
  }

  @Test
  void showsACommitOfEitherLength() throws IOException {
    write(shop.resolve(".git/HEAD"), "0123456789abcdef".repeat(4));

    assertThat(branch(shop)).isEqualTo("01234567");
  }

  @Test
  void followsNoLinkToAFile() throws IOException {
    var secret = home.resolve("secret");
    write(secret, "ref: refs/heads/hunter2");
    Files.delete(shop.resolve(".git/HEAD"));
    Files.createSymbolicLink(shop.resolve(".git/HEAD"), secret);
    var pointer = home.resolve("pointer");
    Files.createDirectories(pointer);
    write(home.resolve("gitfile"), "gitdir: " + shop.resolve(".git"));
    Files.createSymbolicLink(pointer.resolve(".git"), home.resolve("gitfile"));

    assertThat(branch(shop)).isNull();
    assertThat(GitFiles.locate(pointer.toString()))
        .contains(new GitLocation(pointer.toString(), pointer.toString(), null));
  }

  @Test
  void readsALinkThatOlderGitsWrote() throws IOException {
    Files.delete(shop.resolve(".git/HEAD"));
    Files.createSymbolicLink(shop.resolve(".git/HEAD"), Path.of("refs/heads/old"));

    assertThat(branch(shop)).isEqualTo("old");
  }

  @Test
  void followsALinkToADirectoryAsGitDoes() throws IOException {
    var linked = Files.createDirectories(home.resolve("linked"));
    Files.createSymbolicLink(linked.resolve(".git"), shop.resolve(".git"));

    assertThat(branch(linked)).isEqualTo("feature/x");
  }

  @Test
  @Timeout(20)
  void opensNothingButRegularFiles() throws Exception {
    var fifo = Files.createDirectories(home.resolve("fifo/.git"));
    mkfifo(fifo.resolve("HEAD"));
    var gitFifo = Files.createDirectories(home.resolve("gitfifo"));
    mkfifo(gitFifo.resolve(".git"));
    var zero = Files.createDirectories(home.resolve("zero/.git"));
    Files.createSymbolicLink(zero.resolve("HEAD"), Path.of("/dev/zero"));
    var gitZero = Files.createDirectories(home.resolve("gitzero"));
    Files.createSymbolicLink(gitZero.resolve(".git"), Path.of("/dev/zero"));
    var loop = Files.createDirectories(home.resolve("loop"));
    Files.createSymbolicLink(loop.resolve(".git"), loop.resolve(".git"));
    var directory = Files.createDirectories(home.resolve("directory/.git/HEAD"));
    var socket = Files.createDirectories(home.resolve("socket/.git")).resolve("HEAD");

    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      for (var trap : List.of("fifo", "gitfifo", "zero", "gitzero", "directory", "socket")) {
        assertThat(branch(home.resolve(trap))).as(trap).isNull();
      }
      assertThat(GitFiles.locate(loop.toString())).as("a loop is as good as none").isEmpty();
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  @Timeout(20)
  void readsNoMoreOfAHugeFileThanAReferenceTakes() throws IOException {
    try (var head = new RandomAccessFile(shop.resolve(".git/HEAD").toFile(), "rw")) {
      head.setLength(1L << 30);
    }
    var module = Files.createDirectories(home.resolve("module"));
    write(module.resolve(".git"), "gitdir: " + "x/".repeat(500_000));

    assertThat(branch(shop)).isNull();
    assertThat(branch(module)).isNull();
  }

  @Test
  void followsNoPointerToAPointer() throws IOException {
    var first = home.resolve("first");
    var second = home.resolve("second");
    write(first.resolve(".git"), "gitdir: " + second.resolve(".git"));
    write(second.resolve(".git"), "gitdir: " + first.resolve(".git"));

    assertThat(branch(first)).isNull();
  }

  @Test
  void takesAPointerToASecretForNothing() throws IOException {
    var trap = home.resolve("trap");
    write(home.resolve("keys/HEAD"), "AKIAIOSFODNN7EXAMPLE");
    write(trap.resolve(".git"), "gitdir: " + home.resolve("keys"));

    assertThat(branch(trap)).isNull();
  }

  private static @Nullable String branch(Path directory) {
    return GitFiles.locate(directory.toString()).orElseThrow().branch();
  }

  private static void mkfifo(Path path) throws Exception {
    assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
