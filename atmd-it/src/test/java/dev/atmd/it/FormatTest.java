package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/**
 * The sources are formatted by google-java-format. A test, because the formatter needs JDK 25 and
 * Maven may run on 17; {@code -Dformat.write=true} formats them.
 */
class FormatTest {
  private final Formatter formatter = new Formatter();

  @Test
  void everySourceIsFormatted() throws IOException, FormatterException {
    var unformatted = new ArrayList<Path>();
    try (var files = Files.walk(Checkout.root())) {
      for (var file : files.filter(FormatTest::isSource).toList()) {
        var source = Files.readString(file);
        var formatted = formatted(source);
        if (!formatted.equals(source)) {
          unformatted.add(file);
          if (Boolean.getBoolean("format.write")) {
            Files.writeString(file, formatted);
          }
        }
      }
    }
    assertThat(unformatted).as("format them with -Dformat.write=true").isEmpty();
  }

  private String formatted(String source) throws FormatterException {
    var ordered = ImportOrderer.reorderImports(source, Style.GOOGLE);
    return formatter.formatSource(RemoveUnusedImports.removeUnusedImports(ordered));
  }

  private static boolean isSource(Path file) {
    return file.toString().endsWith(".java") && !file.toString().contains("/target/");
  }
}
