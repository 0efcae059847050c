package dev.atmd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndingTest {
  private final List<String> closed = new ArrayList<>();
  private final Ending ending = new Ending();

  @Test
  void closesTheLatestFirstAndNothingTwice() throws IOException {
    ending.beginWith(() -> closed.add("file"));
    ending.beginWith(() -> closed.add("store"));
    ending.beginWith(() -> closed.add("server"));

    ending.close();
    ending.close();

    assertThat(closed).containsExactly("server", "store", "file");
  }

  @Test
  void closesTheOthersWhereSomeFail() {
    ending.beginWith(() -> closed.add("file"));
    ending.beginWith(() -> {
      throw new IOException("no disk");
    });
    ending.beginWith(() -> closed.add("store"));
    ending.beginWith(() -> {
      throw new IllegalStateException("a bug");
    });

    assertThatThrownBy(ending::close)
        .isInstanceOf(IllegalStateException.class)
        .hasSuppressedException(new IOException("no disk"));
    assertThat(closed).containsExactly("store", "file");
  }
}
