package dev.atmd.protocol.json;

import static dev.atmd.protocol.json.Views.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmd.core.session.SessionId;
import dev.atmd.protocol.message.DaemonMessage.SessionList;
import dev.atmd.protocol.message.Detail;
import dev.atmd.protocol.message.SessionView;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionListChunksTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 40, 1_000})
  void areTogetherTheWholeLine(int count) {
    var views = views(count);

    var all = new ByteArrayOutputStream();
    for (var piece : pieces(views)) {
      assertThat(piece).isNotEmpty().hasSizeLessThan(70_000);
      all.writeBytes(piece);
    }

    assertThat(all.toByteArray())
        .isEqualTo(DaemonMessageWriter.line(new SessionList(views, 9, "epoch")));
  }

  @Test
  void areAsManyAsTheListIsLong() {
    assertThat(pieces(views(0))).hasSize(1);
    assertThat(pieces(views(1_000))).hasSizeBetween(60, 120);
  }

  @Test
  void areNoMoreAfterTheLast() {
    var chunks = new SessionListChunks(List.<SessionView>of().iterator(), Detail.FULL, 0, "e");
    var _ = chunks.next();

    assertThat(chunks.hasNext()).isFalse();
    assertThatThrownBy(chunks::next).isInstanceOf(NoSuchElementException.class);
  }

  private static List<byte[]> pieces(List<SessionView> views) {
    var pieces = new ArrayList<byte[]>();
    new SessionListChunks(views.iterator(), Detail.FULL, 9, "epoch").forEachRemaining(pieces::add);
    return pieces;
  }

  private static List<SessionView> views(int count) {
    var views = new ArrayList<SessionView>();
    for (var i = 0; i < count; i++) {
      views.add(view(Views.asking().draft().id(SessionId.of("session-" + i)).done()));
    }
    return views;
  }
}
