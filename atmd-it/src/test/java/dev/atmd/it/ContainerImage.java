package dev.atmd.it;

import com.github.dockerjava.api.command.BuildImageResultCallback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.testcontainers.DockerClientFactory;

/**
 * An image made of nothing but this machine's own parts, since no registry need be reachable: a
 * Java runtime, the libraries it is linked to, and the daemon.
 */
final class ContainerImage {
  static final String NAME = "atmd-it:latest";

  private static final String MODULES =
      "java.base,java.logging,java.management,java.naming,java.sql,jdk.unsupported,jdk.net";
  private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");

  private ContainerImage() {}

  static void build() {
    try (var directory = TestDirectory.create()) {
      var root = directory.path().resolve("root");
      var runtime = root.resolve("java");
      var javaHome = Path.of(System.getProperty("java.home"));
      Files.createDirectories(root.resolve("tmp"));
      Commands.run(
          javaHome.resolve("bin").resolve("jlink").toString(),
          "--add-modules=" + MODULES,
          "--strip-debug",
          "--no-header-files",
          "--no-man-pages",
          "--output=" + runtime);
      for (var library : libraries(runtime)) {
        copy(library, root.resolve(Path.of("/").relativize(library)));
      }
      var jars = Checkout.root().resolve("atmd-server").resolve("target").resolve("lib");
      try (var files = Files.list(jars)) {
        for (var jar : files.toList()) {
          copy(jar, root.resolve("lib").resolve(jar.getFileName()));
        }
      }
      Files.writeString(directory.path().resolve("Dockerfile"), "FROM scratch\nCOPY root /\n");
      DockerClientFactory.lazyClient()
          .buildImageCmd(directory.path().toFile())
          .withTags(Set.of(NAME))
          .exec(new BuildImageResultCallback())
          .awaitImageId();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<Path> libraries(Path runtime) {
    var found = new LinkedHashSet<Path>();
    for (var binary : new String[] {"bin/java", "lib/server/libjvm.so", "lib/libnio.so"}) {
      LIBRARY
          .matcher(Commands.run("ldd", runtime.resolve(binary).toString()))
          .results()
          .map(result -> Path.of(result.group(1)))
          .filter(library -> !library.startsWith(runtime))
          .forEach(found::add);
    }
    return found;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }
}
