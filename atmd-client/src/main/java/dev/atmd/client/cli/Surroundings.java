package dev.atmd.client.cli;

import java.time.InstantSource;
import java.util.Map;

/** What the command finds around it. */
record Surroundings(Map<String, String> environment, InstantSource clock, Terminal terminal) {
  Surroundings {
    environment = Map.copyOf(environment);
  }

  static Surroundings ofThisProcess() {
    var environment = System.getenv();
    return new Surroundings(
        environment, InstantSource.system(), new ControllingTerminal(environment));
  }

  /** Whether a browser can be seen here. */
  boolean hasDisplay() {
    return System.getProperty("os.name").startsWith("Mac")
        || !environment.getOrDefault("DISPLAY", "").isEmpty()
        || !environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty();
  }

  /** Colours on a terminal whose user does not refuse them (no-color.org). */
  Paint paint() {
    var isRefused = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Paint(terminal.isInteractive() && !isRefused);
  }
}
