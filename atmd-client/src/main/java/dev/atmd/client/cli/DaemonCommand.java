package dev.atmd.client.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A part of {@code atm} that asks the daemon. picocli fills it in; confined to the main thread. */
abstract class DaemonCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init")
  @ParentCommand
  private Atm atm;

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public final Integer call() throws IOException {
    return perform(atm, spec.commandLine().getOut());
  }

  /** Does the work and answers the exit code, for a command that has more of them. */
  int perform(Atm atm, PrintWriter out) throws IOException {
    run(atm, out);
    return 0;
  }

  /** Does the work, or says by its exception why it cannot. */
  abstract void run(Atm atm, PrintWriter out) throws IOException;

  /** Where the troubles of a command that goes on are told. */
  final PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
