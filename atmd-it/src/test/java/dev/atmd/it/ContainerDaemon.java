package dev.atmd.it;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** A daemon in a container with little memory, no network, and no file it may write but its own. */
final class ContainerDaemon implements TestDaemon {
  private static final long MEMORY_BYTES = 192L << 20;

  /** Held here so that the image is made once, when the first container is needed. */
  private static final class Image {
    static {
      ContainerImage.build();
    }

    static final DockerImageName NAME = DockerImageName.parse(ContainerImage.NAME);
  }

  private final GenericContainer<?> container;
  private final TestDirectory directory;

  private ContainerDaemon(GenericContainer<?> container, TestDirectory directory) {
    this.container = container;
    this.directory = directory;
  }

  static ContainerDaemon start(String... settings) {
    var directory = TestDirectory.create();
    var path = directory.path().toString();
    var uid = uid(directory);
    var container =
        new GenericContainer<>(Image.NAME)
            .withImagePullPolicy(_ -> false)
            .withNetworkMode("none")
            .withFileSystemBind(path, path, BindMode.READ_WRITE)
            .withTmpFs(Map.of("/tmp/native", "rw,exec,size=8m"))
            .withCommand(command(directory, settings))
            .withCreateContainerCmdModifier(create -> {
              var host = Objects.requireNonNull(create.getHostConfig());
              var _ = host.withMemory(MEMORY_BYTES).withReadonlyRootfs(true);
              var _ = create.withUser(uid);
            });
    container.start();
    var daemon = new ContainerDaemon(container, directory);
    Waiting.until(
        "the daemon can be connected to", () -> daemon.isAnswered() || !container.isRunning());
    if (!container.isRunning()) {
      fail("the daemon does not start: %s", container.getLogs());
    }
    return daemon;
  }

  private static String[] command(TestDirectory directory, String... settings) {
    var command = new ArrayList<String>();
    command.add("/java/bin/java");
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"));
    command.addAll(List.of("-Xms16m", "-Xmn12m", "-Xmx76m", "-XX:MaxDirectMemorySize=48m"));
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-Dio.netty.allocator.type=pooled");
    command.add("-Dio.netty.native.workdir=/tmp/native");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(List.of("-cp", "/lib/*", "dev.atmd.server.cli.Atmd", "run"));
    command.addAll(List.of("--socket", directory.socket().toString()));
    command.addAll(List.of("--state-dir", directory.state().toString()));
    for (var setting : settings) {
      command.addAll(List.of("--set", setting));
    }
    return command.toArray(String[]::new);
  }

  private static String uid(TestDirectory directory) {
    try {
      return Files.getAttribute(directory.path(), "unix:uid")
          + ":"
          + Files.getAttribute(directory.path(), "unix:gid");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isAnswered() {
    try (var client = connect()) {
      return !client.hasEnded();
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  @Override
  public Path socket() {
    return directory.socket();
  }

  @Override
  public Path directory() {
    return directory.path();
  }

  @Override
  public void close() {
    container.stop();
    directory.close();
  }
}
