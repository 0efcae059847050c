package dev.atmd.server.cli;

import dev.atmd.core.text.TerminalText;
import dev.atmd.server.config.ConfigException;
import dev.atmd.server.files.StartException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** What a person sees of a command that failed: one line, unless it is a bug. */
final class Failures implements IExecutionExceptionHandler {
  static final int FAILED = 1;
  static final int USAGE = 2;

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed)
      throws Exception {
    return switch (e) {
      case ConfigException wrong -> say(command, wrong.getMessage(), USAGE);
      case StartException refused -> say(command, refused.getMessage(), FAILED);
      case IOException failed -> say(command, failed.toString(), FAILED);
      default -> throw e;
    };
  }

  private static int say(CommandLine command, @Nullable String message, int exitCode) {
    command.getErr().println("Error: " + TerminalText.neutral(String.valueOf(message)));
    return exitCode;
  }
}
