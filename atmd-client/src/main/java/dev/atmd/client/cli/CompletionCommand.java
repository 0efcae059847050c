package dev.atmd.client.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code atm completion}: what makes a shell complete the words of {@code atm}. */
@Command(
    name = "completion",
    description = {
      "Prints a script that completes the words of atm in your shell:",
      "  source <(atm completion bash)     in ~/.bashrc",
      "  source <(atm completion zsh)      in ~/.zshrc"
    })
final class CompletionCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  @SuppressWarnings("NullAway.Init")
  private Shell shell;

  /** The script of bash, for which zsh is made ready where it is not. */
  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (shell == Shell.ZSH) {
      out.println("autoload -U +X compinit && compinit -i");
      out.println("autoload -U +X bashcompinit && bashcompinit");
    }
    out.println(AutoComplete.bash("atm", spec.root().commandLine()));
    return 0;
  }

  /** A shell whose completion is known. */
  enum Shell {
    BASH,
    ZSH
  }
}
