package dev.atmd.client.cli;

import dev.atmd.core.text.TerminalText;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code atm web}: the dashboard in a browser. */
@Command(
    name = "web",
    description = {
      "Opens the dashboard in a browser.",
      "The address logs one browser in, once, within ten minutes."
    })
final class WebCommand extends DaemonCommand {
  /** What may be handed to another program: an address of ours, and nothing like an option. */
  private static final Pattern ADDRESS =
      Pattern.compile("https?://[A-Za-z0-9.:\\[\\]-]+/#token=[0-9a-f]{64}");

  /** An opener hands the address on and ends; one that is a browser itself goes on. */
  private static final long OPENER_SECONDS = 2;

  @Option(names = "--print", description = "Only print the address.")
  private boolean printOnly;

  @Override
  void run(Atm atm, PrintWriter out) throws IOException {
    try (var client = atm.connect()) {
      var url = client.dashboard();
      if (!ADDRESS.matcher(url).matches()) {
        throw new IOException("the daemon names an address that is none: " + url);
      }
      out.println(TerminalText.neutral(url));
      out.flush();
      var openers = System.getProperty("os.name").startsWith("Mac") ? "open" : "xdg-open";
      if (!printOnly && atm.surroundings().hasDisplay() && !opens(List.of(openers, url))) {
        err().println("atm: no browser opens; follow the address above");
      }
    }
  }

  /** Whether it says nothing against it. */
  private static boolean opens(List<String> command) {
    try {
      var opener =
          new ProcessBuilder(command)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      return !opener.waitFor(OPENER_SECONDS, TimeUnit.SECONDS) || opener.exitValue() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
