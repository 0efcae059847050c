package dev.atmd.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.client.top.Theme;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopCommandTest {
  @Test
  void takesTheThemeThatTheEnvironmentAsksFor() {
    assertThat(TopCommand.usual(Map.of())).isEqualTo(Theme.DARK);
    assertThat(TopCommand.usual(Map.of("COLORFGBG", "0;15"))).isEqualTo(Theme.LIGHT);
    assertThat(TopCommand.usual(Map.of("ATM_THEME", "color-blind", "COLORFGBG", "0;15")))
        .isEqualTo(Theme.COLOUR_BLIND);
    assertThat(TopCommand.usual(Map.of("ATM_THEME", "dark", "NO_COLOR", "1")))
        .isEqualTo(Theme.NONE);
    assertThat(TopCommand.usual(Map.of("ATM_THEME", "pink", "NO_COLOR", ""))).isEqualTo(Theme.DARK);
  }
}
