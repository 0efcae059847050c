package dev.atmd.client.top;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScrollTest {
  /** Ten entries of two rows each, in six rows. */
  @ParameterizedTest
  @CsvSource({
    "0,0,0", "0,2,0", "0,3,1", "0,9,7", "7,9,7", "7,6,5", "7,0,0", "9,9,7", "50,4,3", "0,-1,0"
  })
  void keepsTheSelectionInSight(int top, int selected, int first) {
    var followed = Scroll.follow(top, selected, 10, _ -> 2, 6);

    assertThat(followed).isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({"3,2", "0,0"})
  void wastesNoRoom(int top, int selected) {
    assertThat(Scroll.follow(top, selected, 4, _ -> 1, 20)).isZero();
  }
}
