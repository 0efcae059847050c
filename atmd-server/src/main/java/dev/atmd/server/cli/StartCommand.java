package dev.atmd.server.cli;

import dev.atmd.client.AtmdClient;
import dev.atmd.core.text.TerminalText;
import dev.atmd.server.config.DaemonConfig;
import dev.atmd.server.files.OwnDirectory;
import dev.atmd.server.files.OwnFiles;
import dev.atmd.server.files.PidFile;
import dev.atmd.server.files.StartException;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the daemon in the background, and comes back when clients can connect. */
@Command(
    name = "start",
    description = "Start the daemon in the background; done when clients can connect.",
    mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {
  /** A first start without a trained cache on a busy machine takes about two seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(
      names = {"-d", "--daemon"},
      description = "Accepted for clients of protocol 1.0; it is in the background anyway.")
  @SuppressWarnings("UnusedVariable") // It is there to be accepted.
  private boolean inBackground;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    return start(options.daemon(), options.asArguments(), spec.commandLine().getOut());
  }

  /** Answers the exit code. */
  static int start(DaemonConfig config, List<String> arguments, PrintWriter out)
      throws IOException, StartException, InterruptedException {
    var running = PidFile.running(config.pidFile());
    if (running.isPresent()) {
      throw new StartException(
          "Daemon is already running (PID %d); stop it with `atmd stop`"
              .formatted(running.get().pid()));
    }
    var pid = launch(config, arguments);
    out.printf(
        "Daemon is running (PID %d)%nSocket: %s%nSee your agents: `atm`, or `atm web` in a"
            + " browser%n",
        pid, TerminalText.neutral(config.socket().path().toString()));
    return 0;
  }

  private static long launch(DaemonConfig config, List<String> arguments)
      throws IOException, StartException, InterruptedException {
    OwnDirectory.makePrivate(config.stateDir(), config.uid());
    // What the program itself cannot log, such as a Java that does not start.
    var output = config.stateDir().resolve("atmd.out");
    Files.deleteIfExists(output);
    OwnFiles.create(output, "");
    var command = new ArrayList<String>();
    command.addAll(List.of("nohup", Launcher.command("atmd").toString(), "run", "--quiet"));
    command.addAll(arguments);
    var process =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(output.toFile()))
            .start();
    awaitListening(process, config, output);
    return process.pid();
  }

  private static void awaitListening(Process process, DaemonConfig config, Path output)
      throws IOException, StartException, InterruptedException {
    var socket = config.socket().path();
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isListening(socket) || !isDaemon(process, config.pidFile())) {
      if (!process.isAlive()) {
        throw new StartException("the daemon did not start: " + said(output));
      }
      if (System.nanoTime() - deadline > 0) {
        throw new StartException(
            "the daemon does not answer at %s after %d s; its output is in %s"
                .formatted(socket, PATIENCE.toSeconds(), output));
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  /** Another daemon may answer at the socket, with a pid file of its own. */
  private static boolean isDaemon(Process process, Path pidFile) throws IOException {
    return PidFile.running(pidFile).filter(running -> running.pid() == process.pid()).isPresent();
  }

  private static boolean isListening(Path socket) {
    if (!Files.exists(socket)) {
      return false;
    }
    try (var client = AtmdClient.connect(socket)) {
      return client.ping().isPositive();
    } catch (IOException _) {
      return false;
    }
  }

  private static String said(Path output) throws IOException {
    return Files.readString(output).strip().lines().reduce((_, last) -> last).orElse("no output");
  }
}
