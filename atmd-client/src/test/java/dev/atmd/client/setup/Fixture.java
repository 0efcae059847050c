package dev.atmd.client.setup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Settings as users have them, in {@code src/test/resources}: {@code ROOT/HARNESS/CASE/…}, where
 * the last part is what lies in the home directory.
 */
record Fixture(String harness, Path directory) {
  private static final Path RESOURCES = Path.of("src", "test", "resources");

  static Stream<Fixture> settings() {
    return in("settings");
  }

  static Stream<Fixture> broken() {
    return in("broken-settings");
  }

  private static Stream<Fixture> in(String root) {
    return directories(RESOURCES.resolve(root))
        .flatMap(harness ->
            directories(harness).map(each -> new Fixture(harness.getFileName().toString(), each)));
  }

  private static Stream<Path> directories(Path parent) {
    try (var children = Files.list(parent)) {
      return children.filter(Files::isDirectory).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts it into an empty home directory. */
  void copyTo(Path home) throws IOException {
    try (var files = Files.walk(directory)) {
      for (var file : files.toList()) {
        var copy = home.resolve(directory.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }

  /** All files and directories below {@code root}, files with each of their bytes. */
  static Map<String, String> tree(Path root) throws IOException {
    var tree = new TreeMap<String, String>();
    try (var files = Files.walk(root)) {
      for (var file : files.toList()) {
        tree.put(
            root.relativize(file).toString(),
            Files.isDirectory(file)
                ? "directory"
                : Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return tree;
  }

  @Override
  public String toString() {
    return harness + "/" + directory.getFileName();
  }
}
