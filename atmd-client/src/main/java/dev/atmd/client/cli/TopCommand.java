package dev.atmd.client.cli;

import dev.atmd.client.top.Dashboard;
import dev.atmd.client.top.Theme;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code atm top}, and {@code atm} alone on a terminal: the dashboard. */
@Command(
    name = "top",
    description = {
      "Shows all sessions as they are, those that wait for you first; `?` lists the keys.",
      "From there you go to an agent's tmux pane, or answer it. `atm` alone does the same."
    })
final class TopCommand extends DaemonCommand {
  @Option(
      names = "--theme",
      paramLabel = "THEME",
      converter = OfTheme.class,
      description =
          "dark, light, colour-blind or none, instead of $$ATM_THEME; none if $$NO_COLOR is set.")
  private @Nullable Theme theme;

  @Option(
      names = "--redacted",
      description =
          "For a screen on a wall: no prompts, paths, commands and questions, no answers.")
  private boolean redacted;

  @Override
  void run(Atm atm, PrintWriter out) throws IOException {
    show(atm, theme, redacted);
  }

  static void show(Atm atm, @Nullable Theme theme, boolean redacted) throws IOException {
    var surroundings = atm.surroundings();
    if (!surroundings.terminal().isInteractive()) {
      throw new IOException("the dashboard needs a terminal; `atm watch` prints what changes");
    }
    var environment = surroundings.environment();
    Dashboard.run(
        new Dashboard.Options(
            atm.socket(), theme != null ? theme : usual(environment), atm.script(), redacted),
        environment,
        surroundings.clock(),
        ZoneId.systemDefault());
  }

  /** What the environment asks for; a terminal that says it is light gets the light one. */
  static Theme usual(Map<String, String> environment) {
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
      return Theme.NONE;
    }
    var ground = environment.getOrDefault("COLORFGBG", "");
    var fallback = ground.endsWith(";15") || ground.endsWith(";7") ? Theme.LIGHT : Theme.DARK;
    return Theme.ofWord(environment.getOrDefault("ATM_THEME", "")).orElse(fallback);
  }

  /** A theme by its name. */
  static final class OfTheme implements ITypeConverter<Theme> {
    @Override
    public Theme convert(String word) {
      return Theme.ofWord(word)
          .orElseThrow(() ->
              new TypeConversionException(
                  "'"
                      + word
                      + "' is none of "
                      + Arrays.stream(Theme.values())
                          .map(Theme::word)
                          .collect(Collectors.joining(", "))));
    }
  }
}
