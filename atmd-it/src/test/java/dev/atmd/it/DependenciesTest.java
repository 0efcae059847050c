package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Nothing is installed whose licence and reason are not written down, and nothing else is. */
class DependenciesTest {
  private static final Pattern JAR = Pattern.compile("(.+?)-\\d+\\..*\\.jar");
  private static final Pattern ROW =
      Pattern.compile("\\| (\\w[\\w-]+) \\| [\\w.-]+(?: or [\\w.-]+)? \\|");

  @Test
  void everyJarThatIsInstalledHasALicenceWrittenDown() throws IOException {
    var listed = new TreeSet<String>();
    for (var line :
        Files.readAllLines(Checkout.root().resolve("docs/decisions/0007-dependencies.md"))) {
      var row = ROW.matcher(line);
      if (row.matches() && !row.group(1).equals("jar")) {
        listed.add(row.group(1));
      }
    }

    assertThat(listed).isEqualTo(installed());
  }

  private static Set<String> installed() throws IOException {
    var names = new TreeSet<String>();
    try (var all = Files.list(Checkout.root().resolve("atmd-server/target/lib"))) {
      for (var file : all.toList()) {
        var jar = JAR.matcher(file.getFileName().toString());
        if (jar.matches() && !jar.group(1).startsWith("atmd-")) {
          names.add(jar.group(1));
        }
      }
    }
    return names;
  }
}
