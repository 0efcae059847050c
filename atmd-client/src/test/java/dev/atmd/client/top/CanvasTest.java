package dev.atmd.client.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CanvasTest {
  private final Canvas canvas = new Canvas();

  @Test
  void writesNothingWhereNothingChanged() {
    assertThat(canvas.difference(List.of("a", "b"))).contains("a", "b");

    assertThat(canvas.difference(List.of("a", "b"))).isEmpty();
  }

  @Test
  void writesOnlyTheRowsThatChanged() {
    canvas.difference(List.of("a", "b", "c"));

    assertThat(canvas.difference(List.of("a", "x", "c")))
        .isEqualTo("\033[?2026h\033[2;1H\033[Kx\033[?2026l");
  }

  @Test
  void erasesRowsThatAreGone() {
    canvas.difference(List.of("a", "b"));

    assertThat(canvas.difference(List.of("a"))).isEqualTo("\033[?2026h\033[2;1H\033[K\033[?2026l");
  }

  @Test
  void writesEverythingAfterItWasCleared() {
    canvas.difference(List.of("a"));
    assertThat(canvas.clear()).contains("\033[2J");

    assertThat(canvas.difference(List.of("a"))).contains("a");
  }
}
