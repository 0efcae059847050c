package dev.atmd.client.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnifiedDiffTest {
  @Test
  void showsTheChangeAndWhatIsAroundIt() {
    assertThat(UnifiedDiff.of("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"))
        .containsExactly("@@ -2,7 +2,7 @@", " 2", " 3", " 4", "-5", "+five", " 6", " 7", " 8");
  }

  @Test
  void showsAMissingLineEnd() {
    assertThat(UnifiedDiff.of("a", "a\n"))
        .containsExactly("@@ -1 +1 @@", "-a", "\\ No newline at end of file", "+a");
  }

  @Test
  void showsAFileThatIsNewAsAWhole() {
    assertThat(UnifiedDiff.of("", "a\nb\n")).containsExactly("@@ -0,0 +1,2 @@", "+a", "+b");
    assertThat(UnifiedDiff.of("a\n", "a\n")).isEmpty();
  }

  /** What patch(1) makes of the old text and the difference is the new text. */
  @RepeatedTest(30)
  void canBeApplied(RepetitionInfo repetition, @TempDir Path directory)
      throws IOException, InterruptedException {
    var random = new Random(repetition.getCurrentRepetition());
    var before = text(random, 1 + random.nextInt(40));
    var after = random.nextInt(5) == 0 ? text(random, 3) : edited(random, before);
    var file = directory.resolve("f");
    Files.writeString(file, before);
    var patch = directory.resolve("p");
    Files.writeString(
        patch, "--- f\n+++ f\n" + String.join("\n", UnifiedDiff.of(before, after)) + "\n");

    if (!before.equals(after)) {
      var process =
          new ProcessBuilder("git", "apply", "--unsafe-paths", "-p0", patch.toString())
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .start();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(said).isZero();
    }

    assertThat(file).as("seed %d", repetition.getCurrentRepetition()).hasContent(after);
  }

  private static String text(Random random, int lines) {
    var text = new StringBuilder();
    for (var line = 0; line < lines; line++) {
      text.append((char) ('a' + random.nextInt(6))).append('\n');
    }
    return text.toString();
  }

  private static String edited(Random random, String text) {
    var edited = new StringBuilder(text);
    for (var edits = 1 + random.nextInt(4); edits > 0 && !edited.isEmpty(); edits--) {
      var at = random.nextInt(edited.length() / 2) * 2;
      if (random.nextBoolean()) {
        edited.insert(at, "x\n");
      } else if (edited.length() > 2) {
        edited.delete(at, at + 2);
      }
    }
    return edited.toString();
  }
}
