package dev.atmd.client.cli;

import dev.atmd.client.setup.Doctor;
import dev.atmd.client.setup.Finding;
import dev.atmd.client.setup.Finding.Level;
import dev.atmd.core.text.TerminalText;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code atm doctor}: why something is not seen. picocli fills it in. */
@Command(
    name = "doctor",
    description = "Checks the daemon, its socket, the hooks and what they report.")
final class DoctorCommand implements Callable<Integer> {
  private static final int FAILED = 1;

  @SuppressWarnings("NullAway.Init")
  @ParentCommand
  private Atm atm;

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Option(names = "--json", description = "Print the findings as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    var surroundings = atm.surroundings();
    var findings = Doctor.look(atm.socket(), surroundings.environment(), surroundings.clock());
    var out = spec.commandLine().getOut();
    if (json) {
      var pretty = JsonText.prettyArray(findings.stream().map(Finding::json).toList());
      out.println(atm.script().json(pretty));
    } else {
      print(findings, surroundings.paint(), out);
    }
    var isWell = findings.stream().noneMatch(finding -> finding.level() == Level.PROBLEM);
    return isWell ? 0 : FAILED;
  }

  private static void print(List<Finding> findings, Paint paint, PrintWriter out) {
    var width = findings.stream().mapToInt(each -> each.topic().length()).max().orElse(0);
    for (var finding : findings) {
      var topic = TerminalText.neutral(finding.topic());
      out.println(
          paint.apply(color(finding.level()), padded(finding.level().word(), "problem".length()))
              + "  "
              + padded(topic, width)
              + "  "
              + TerminalText.neutral(finding.seen()));
      if (!finding.advice().isEmpty()) {
        out.println(
            " ".repeat("problem".length() + width + 4)
                + "do: "
                + TerminalText.neutral(finding.advice()));
      }
    }
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private static Paint.Color color(Level level) {
    return switch (level) {
      case OK -> Paint.Color.GREEN;
      case WARNING -> Paint.Color.YELLOW;
      case PROBLEM -> Paint.Color.RED;
    };
  }
}
