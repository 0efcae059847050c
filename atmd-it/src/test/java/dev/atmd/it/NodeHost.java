package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A harness with nothing in it but what a reporter sees of one, run by Node. */
final class NodeHost implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final BufferedReader output;

  private NodeHost(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts a host.
   *
   * @param reporter a file below {@code config/agents}
   * @param socket where it is told that the daemon listens
   */
  static NodeHost start(
      String host, String reporter, Path socket, Map<String, String> environment, String... more) {
    var command = new ArrayList<String>();
    command.add("node");
    command.add(resource(host).toString());
    command.add(module(reporter, socket).toUri().toString());
    command.addAll(List.of(more));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("ATM_SOCKET", socket.toString());
    builder.environment().put("TMUX_PANE", "%7");
    builder.environment().putAll(environment);
    try {
      return new NodeHost(builder.start());
    } catch (IOException e) {
      throw new AssertionError("the reporters are tested with Node, which must be on the PATH", e);
    }
  }

  private static Path resource(String host) {
    return Checkout.root().resolve("atmd-it/src/test/resources/reporters").resolve(host + ".mjs");
  }

  /**
   * A copy under a name by which Node knows a module; it is plain JavaScript, whatever it is
   * called.
   */
  private static Path module(String reporter, Path socket) {
    try {
      var source = Checkout.root().resolve("config/agents").resolve(reporter);
      var directory = Files.createDirectories(socket.resolveSibling("modules"));
      var copy = Files.createTempFile(directory, "reporter", ".mjs");
      return Files.writeString(copy, Files.readString(source));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for its verdict and answers its pid. */
  long expectNoFailure() {
    try {
      var line = output.readLine();
      if (line == null || !line.startsWith("{")) {
        fail("the host said %s %s", line, output.lines().toList());
      }
      JsonNode verdict = JSON.readTree(line);
      assertThat(verdict.path("failures").asInt(-1)).as("calls that disturbed the host").isZero();
      return verdict.path("pid").asLong();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for an end in order, without another word. */
  void expectEnd() {
    try {
      if (!process.waitFor(TestClient.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        fail("the reporter keeps its host from ending");
      }
      assertThat(output.lines().toList()).isEmpty();
      assertThat(process.exitValue()).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while the host ends", e);
    }
  }

  /** Lets a host go that stays. */
  void release() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
