package dev.atmd.client.cli;

import dev.atmd.client.AtmdClient;
import dev.atmd.client.SocketPath;
import dev.atmd.client.text.Script;
import dev.atmd.core.text.TerminalText;
import dev.atmd.protocol.message.ProtocolVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code atm}: what every part of it shares. Confined to the main thread. */
@Command(
    name = "atm",
    description = {
      "Shows what coding agents do, as the daemon atmd knows it.",
      "Alone on a terminal it is the dashboard, `atm top`."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Atm.Version.class,
    scope = ScopeType.INHERIT,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it worked",
      "1:it failed, or no daemon can be reached",
      "2:the command line makes no sense"
    },
    subcommands = {
      TopCommand.class,
      ListCommand.class,
      WatchCommand.class,
      StatusCommand.class,
      WaitCommand.class,
      ExplainCommand.class,
      HistoryCommand.class,
      CostCommand.class,
      WaitsCommand.class,
      WebCommand.class,
      AtCommand.class,
      NotifyCommand.class,
      PingCommand.class,
      DiscoverCommand.class,
      MetricsCommand.class,
      SetupCommand.class,
      UninstallCommand.class,
      DoctorCommand.class,
      CompletionCommand.class
    })
public final class Atm implements Callable<Integer> {
  private static final int FAILED = 1;

  private final Surroundings surroundings;

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--socket",
      paramLabel = "PATH",
      scope = ScopeType.INHERIT,
      description = "Where the daemon listens, instead of $$ATM_SOCKET or its usual place.")
  private @Nullable String socket;

  @Option(
      names = "--ascii",
      scope = ScopeType.INHERIT,
      description =
          "Print ASCII only; JSON escapes the rest. So it is where the locale ($$LC_ALL,"
              + " $$LC_CTYPE, $$LANG) is not UTF-8.")
  private boolean ascii;

  Atm(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /** Runs one command; answers its exit code. */
  public static int execute(String... arguments) {
    return commandLine(Surroundings.ofThisProcess()).execute(arguments);
  }

  static CommandLine commandLine(Surroundings surroundings) {
    return new CommandLine(new Atm(surroundings))
        .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(
                surroundings.paint().isOn() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
        .setExecutionStrategy(Atm::run)
        .setExecutionExceptionHandler(Atm::failed);
  }

  /** Runs what was asked for, with an output that its terminal can show. */
  private static int run(CommandLine.ParseResult parsed) {
    var line = parsed.commandSpec().commandLine();
    Atm atm = line.getCommand();
    var script = atm.script();
    line.setOut(new ScriptWriter(line.getOut(), script));
    line.setErr(new ScriptWriter(line.getErr(), script));
    return new CommandLine.RunLast().execute(parsed);
  }

  Script script() {
    return ascii ? Script.ASCII : Script.of(surroundings.environment());
  }

  /** Without a subcommand: the dashboard, where there is somebody to look at it. */
  @Override
  public Integer call() throws IOException {
    if (!surroundings.terminal().isInteractive()) {
      throw new ParameterException(spec.commandLine(), "say what to do, such as `atm list`");
    }
    TopCommand.show(this, null, false);
    return 0;
  }

  private static int failed(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
    if (failure instanceof IOException) {
      line.getErr().println("atm: " + TerminalText.neutral(String.valueOf(failure.getMessage())));
    } else {
      // A bug; what it says may still quote a stranger.
      var trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      line.getErr().print(TerminalText.neutralLines(trace.toString()));
      line.getErr().flush();
    }
    return FAILED;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  Path socket() {
    var chosen = socket;
    try {
      return chosen == null ? SocketPath.of(surroundings.environment()) : Path.of(chosen);
    } catch (InvalidPathException e) {
      throw new ParameterException(spec.commandLine(), "not a path: " + e.getInput());
    }
  }

  AtmdClient connect() throws IOException {
    return AtmdClient.connect(socket());
  }

  /** What {@code --version} says. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      var properties = new Properties();
      try (var in = Atm.class.getResourceAsStream("version.properties")) {
        if (in != null) {
          properties.load(in);
        }
      }
      return new String[] {
        "atm " + properties.getProperty("version") + " (protocol " + ProtocolVersion.CURRENT + ")"
      };
    }
  }
}
