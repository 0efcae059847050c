package dev.atmd.server.broadcast;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.registry.RemovalReason;
import dev.atmd.core.registry.SessionEvent.Removed;
import dev.atmd.core.session.SessionId;
import dev.atmd.protocol.message.Detail;
import dev.atmd.server.broadcast.Backlog.Waiting;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private final OutboxBudget budget = new OutboxBudget(new OutboxBudget.Limits(4, 100, 100));
  private final Backlog backlog = new Backlog(budget);
  private final List<ByteBuf> joined = new ArrayList<>();

  @AfterEach
  void leavesNothingBehind() {
    backlog.dropEvents();

    assertThat(backlog.events()).isZero();
    assertThat(backlog.bytes()).isZero();
    assertThat(joined).allMatch(bytes -> bytes.refCnt() == 1);
    joined.forEach(ByteBuf::release);
  }

  @Test
  void givesEverythingBackInOrder() {
    backlog.add(event(1, "a"));
    backlog.add(reply("pong\n"));
    assertThat(backlog.add(slice(frame(2, "b"), frame(3, "a")))).isTrue();
    backlog.add(reply("[1,", "2]\n"));

    assertThat(taken()).containsExactly("a1\n", "pong\n", "b2\na3\n", "[1,", "2]\n");
    assertThat(backlog.isEmpty()).isTrue();
  }

  @Test
  void countsWhatComesAndWhatGoes() {
    backlog.add(reply("pong\n"));
    backlog.add(event(1, "a"));
    assertThat(backlog.add(slice(frame(2, "b"), frame(3, "a")))).isTrue();

    assertThat(backlog.replies()).isEqualTo(1);
    assertThat(backlog.events()).isEqualTo(3);
    assertThat(backlog.bytes()).isEqualTo(9);
    assertThat(budget.bytes()).isEqualTo(9);

    assertThat(taken()).hasSize(3);
    assertThat(backlog.replies()).isZero();
    assertThat(backlog.events()).isZero();
    assertThat(backlog.bytes()).isZero();
    assertThat(budget.bytes()).isZero();
  }

  @Test
  void aReplyInPiecesCountsUntilItsLastOne() {
    backlog.add(reply("[1,", "2]\n"));

    assertThat(takeOne()).isEqualTo("[1,");
    assertThat(backlog.replies()).isEqualTo(1);
    assertThat(takeOne()).isEqualTo("2]\n");
    assertThat(backlog.replies()).isZero();
  }

  @Test
  void whatGoesFirstGoesBeforeAll() {
    backlog.add(reply("[1,", "2]\n"));
    backlog.addFirst(reply("lagged\n"));

    assertThat(taken()).containsExactly("lagged\n", "[1,", "2]\n");
  }

  @Test
  void whatGoesFirstDoesNotGoInsideALine() {
    backlog.add(reply("[1,", "2]\n"));
    assertThat(takeOne()).isEqualTo("[1,");
    backlog.addFirst(reply("lagged\n"));

    assertThat(taken()).containsExactly("2]\n", "lagged\n");
  }

  @Test
  void takesAsManyEventsAsAreEnough() {
    backlog.add(event(1, "a"));
    backlog.add(event(2, "b"));
    backlog.add(event(3, "c"));

    assertThat(texts(backlog.takeEvents(4))).containsExactly("a1\n", "b2\n");
    assertThat(backlog.events()).isEqualTo(1);
    assertThat(texts(backlog.takeEvents(4))).containsExactly("c3\n");
  }

  @Test
  void takesNoEventFromBehindAReply() {
    backlog.add(event(1, "a"));
    backlog.add(reply("pong\n"));
    backlog.add(event(2, "b"));

    assertThat(texts(backlog.takeEvents(100))).containsExactly("a1\n");
  }

  @Test
  void keepsTheNewestOfEachSessionInItsPlace() {
    backlog.add(event(1, "a"));
    backlog.add(reply("pong\n"));
    assertThat(backlog.add(slice(frame(2, "b"), frame(3, "a"), frame(4, "c")))).isTrue();
    backlog.add(event(5, "b"));
    backlog.keepNewest();

    assertThat(backlog.events()).isEqualTo(3);
    assertThat(backlog.bytes()).isEqualTo(9);
    assertThat(budget.bytes()).isEqualTo(9);
    assertThat(taken()).containsExactly("pong\n", "a3\nc4\nb5\n");
  }

  @Test
  void dropsEventsAndKeepsReplies() {
    backlog.add(event(1, "a"));
    backlog.add(reply("pong\n"));
    assertThat(backlog.add(slice(frame(2, "b")))).isTrue();
    backlog.dropEvents();

    assertThat(budget.bytes()).isZero();
    assertThat(taken()).containsExactly("pong\n");
  }

  @Test
  void takesNoSliceWhenTooMuchIsShared() {
    assertThat(budget.addShared(OutboxBudget.SHARED_BYTES)).isTrue();

    assertThat(backlog.add(slice(frame(1, "a")))).isFalse();
    assertThat(backlog.isEmpty()).isTrue();
    assertThat(backlog.events()).isZero();
  }

  private List<String> taken() {
    var texts = new ArrayList<String>();
    while (!backlog.isEmpty()) {
      texts.add(takeOne());
    }
    return texts;
  }

  private String takeOne() {
    return switch (backlog.first()) {
      case Waiting.Reply reply -> new String(backlog.takePiece(reply), UTF_8);
      case Waiting.Shared shared -> text(backlog.take(shared));
      case Waiting.Event _ -> String.join("", texts(backlog.takeEvents(100)));
    };
  }

  private static String text(ByteBuf bytes) {
    var text = bytes.toString(UTF_8);
    bytes.release();
    return text;
  }

  private static List<String> texts(List<FrameLine> lines) {
    return lines.stream().map(line -> new String(line.bytes(), UTF_8)).toList();
  }

  private Slice slice(Frame... frames) {
    var bytes = Unpooled.buffer();
    for (var frame : frames) {
      bytes.writeBytes(frame.line(Detail.FULL).bytes());
    }
    joined.add(bytes);
    return new Slice(List.of(frames), Detail.FULL, bytes);
  }

  private static Iterator<byte[]> reply(String... pieces) {
    return List.of(pieces).stream().map(piece -> piece.getBytes(UTF_8)).toList().iterator();
  }

  private static FrameLine event(long seq, String id) {
    return frame(seq, id).line(Detail.FULL);
  }

  private static Frame frame(long seq, String id) {
    var event = new Removed(seq, SessionId.of(id), RemovalReason.ENDED, null);
    return new Frame(event, _ -> (id + seq + "\n").getBytes(UTF_8));
  }
}
