package dev.atmd.server.cli;

import dev.atmd.core.text.TerminalText;
import dev.atmd.server.config.Setting;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what is in force. */
@Command(
    name = "config",
    description = "Print every setting, its value and where that came from.",
    mixinStandardHelpOptions = true)
final class ConfigCommand implements Callable<Integer> {
  @Mixin private ConfigOptions options = new ConfigOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    var config = options.effective();
    var out = spec.commandLine().getOut();
    for (var setting : Setting.values()) {
      var value = config.value(setting);
      out.println(
          TerminalText.neutral(
              "%-40s %-12s # %s".formatted(setting.key(), quoted(value.text()), value.source())));
    }
    var daemon = options.daemon();
    out.println();
    out.println(TerminalText.neutral("socket:    " + daemon.socket().path()));
    out.println(TerminalText.neutral("state dir: " + daemon.stateDir()));
    return 0;
  }

  private static String quoted(String text) {
    return text.matches("[0-9.]+|true|false") ? text : '"' + text + '"';
  }
}
