package dev.atmd.server.broadcast;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.registry.RemovalReason;
import dev.atmd.core.registry.SessionEvent.Removed;
import dev.atmd.core.session.SessionId;
import dev.atmd.protocol.message.Detail;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final int MAX_BYTES = 40;
  private static final int MAX_BYTES_OF_ALL = 100;

  private final OutboxBudget budget =
      new OutboxBudget(new OutboxBudget.Limits(4, MAX_BYTES, MAX_BYTES_OF_ALL));
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Told told = new Told();
  private final List<ByteBuf> joined = new ArrayList<>();
  private final Outbox outbox = new Outbox(channel, budget, told);

  @AfterEach
  void leavesNothingBehind() {
    channel.finishAndReleaseAll();
    joined.forEach(ByteBuf::release);
  }

  @Test
  void sendsStraightAwayWhileThePeerReads() {
    outbox.send(bytes("pong\n"));
    broadcast(List.of(frame(1, "a")));

    assertThat(sent()).isEqualTo("pong\na1\n");
    assertThat(outbox.isIdle()).isTrue();
  }

  @Test
  void keepsEverythingInOrderWhileThePeerDoesNotRead() {
    stopReading();
    broadcast(List.of(frame(1, "a"), frame(2, "b"), frame(3, "a")));
    outbox.send(bytes("pong\n"));
    assertThat(sent()).isEmpty();

    readAgain();

    assertThat(sent()).isEqualTo("a1\nb2\na3\npong\n");
    assertThat(told.collapsed).isZero();
  }

  @Test
  void keepsOnlyTheNewestOfEachSessionBeyondItsLimit() {
    stopReading();
    broadcast(List.of(frame(1, "a"), frame(2, "b"), frame(3, "a"), frame(4, "c"), frame(5, "a")));

    readAgain();

    assertThat(sent()).isEqualTo("b2\nc4\na5\n");
    assertThat(told.collapsed).isEqualTo(2);
    assertThat(told.overflowed).isZero();
  }

  @Test
  void dropsAllEventsButNoReplyWhenEvenTheNewestAreTooMany() {
    stopReading();
    outbox.send(bytes("pong\n"));
    broadcast(IntStream.range(0, 6).mapToObj(i -> frame(i + 1, "s" + i)).toList());

    assertThat(told.overflowed).isEqualTo(6);
    readAgain();

    assertThat(sent()).isEqualTo("pong\n");
    assertThat(told.drained).isPositive();
  }

  @Test
  void takesThePiecesOfALineOnlyAsThePeerReads() {
    stopReading();
    var pieces = List.of(bytes("[1,"), bytes("2]\n")).iterator();
    outbox.send(pieces);
    assertThat(pieces.hasNext()).isTrue();

    readAgain();

    assertThat(sent()).isEqualTo("[1,2]\n");
  }

  @Test
  void lastsUntilAllIsSentWhenItIsToClose() {
    stopReading();
    outbox.send(bytes("error\n"));
    outbox.closeAfterwards();
    assertThat(channel.isOpen()).isTrue();

    readAgain();

    assertThat(sent()).isEqualTo("error\n");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void forgetsEventsThatAListWillReplace() {
    stopReading();
    broadcast(List.of(frame(1, "a")));
    outbox.dropEvents();
    outbox.send(bytes("list\n"));

    readAgain();

    assertThat(sent()).isEqualTo("list\n");
  }

  @Test
  void isNotIdleWhileTheSocketHasNotTakenAll() {
    var full = new FullSocket();
    channel.pipeline().addLast(full);

    outbox.send(bytes("pong\n"));
    assertThat(outbox.isIdle()).isFalse();
    assertThat(outbox.stalledNanos()).isPositive();
    assertThat(told.blocked).isPositive();
    full.take();

    assertThat(outbox.isIdle()).isTrue();
    assertThat(outbox.stalledNanos()).isZero();
    assertThat(sent()).isEqualTo("pong\n");
  }

  @Test
  void tellsThatClosingWaitsForThePeer() {
    var full = new FullSocket();
    channel.pipeline().addLast(full);

    outbox.closeAfterwards();
    assertThat(told.blocked).isPositive();
    assertThat(channel.isOpen()).isTrue();
    full.take();

    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void keepsOnlyTheNewestOfEachSessionBeyondItsBytes() {
    stopReading();
    var long1 = "x".repeat(25);
    broadcast(List.of(frame(1, long1), frame(2, long1)));
    assertThat(told.collapsed).isEqualTo(1);
    assertThat(told.overflowed).isEqualTo(1);
    assertThat(budget.bytes()).isZero();
  }

  @Test
  void countsWhatWaitsOnceHoweverManyHoldIt() {
    stopReading();
    var frame = frame(1, "a");
    var other = new Outbox(channel, budget, new Told());
    broadcast(List.of(frame));
    other.broadcast(List.of(frame), Detail.FULL);
    assertThat(budget.bytes()).isEqualTo(3);

    other.dropEvents();
    assertThat(budget.bytes()).isEqualTo(3);
    readAgain();
    assertThat(budget.bytes()).isZero();
  }

  @Test
  void givesWayWhenAllTogetherHoldTooMuch() {
    stopReading();
    broadcast(List.of(frame(1, "a"), frame(2, "a"), frame(3, "a"), frame(4, "a"), frame(5, "a")));
    assertThat(told.overflowed).isZero();

    budget.add(MAX_BYTES_OF_ALL);
    broadcast(List.of(frame(6, "a")));

    assertThat(told.overflowed).isEqualTo(2);
    assertThat(budget.bytes()).isEqualTo(MAX_BYTES_OF_ALL);
  }

  @Test
  void whoHasNotFallenBehindKeepsItsEventsWhateverOthersHold() {
    stopReading();
    budget.add(MAX_BYTES_OF_ALL + 1);
    broadcast(List.of(frame(1, "a")));

    assertThat(told.overflowed).isZero();
  }

  @Test
  void sendsALineFirstButNotInsideAnother() {
    stopReading();
    broadcast(List.of(frame(1, "a")));
    outbox.sendFirst(List.of(bytes("lagged\n")).iterator());
    outbox.sendFirst(List.of(bytes("[1,"), bytes("2]\n")).iterator());
    writeOnePiece();
    outbox.sendFirst(List.of(bytes("news\n")).iterator());

    readAgain();

    assertThat(sent()).isEqualTo("[1,2]\nnews\nlagged\na1\n");
  }

  @Test
  void aLittleLateItSharesTheBytesThatOthersGot() {
    stopReading();
    var slice = slice(frame(1, "a"), frame(2, "b"));
    outbox.broadcast(slice);
    assertThat(budget.bytes()).isEqualTo(6);
    readAgain();

    assertThat(sent()).isEqualTo("a1\nb2\n");
    assertThat(budget.bytes()).isZero();
    assertThat(joined.getLast().refCnt()).isEqualTo(1);
  }

  @Test
  void collapsesWhatItShares() {
    stopReading();
    outbox.send(bytes("pong\n"));
    outbox.broadcast(slice(frame(1, "a"), frame(2, "b"), frame(3, "a")));
    outbox.broadcast(slice(frame(4, "a"), frame(5, "c")));
    assertThat(told.collapsed).isEqualTo(2);
    outbox.broadcast(slice(frame(6, "c")));
    assertThat(outbox.waitingReplies()).isEqualTo(1);
    readAgain();

    assertThat(sent()).isEqualTo("pong\nb2\na4\nc5\nc6\n");
    assertThat(budget.bytes()).isZero();
    assertThat(joined).allMatch(bytes -> bytes.refCnt() == 1);
  }

  @Test
  void forgetsWhatItShares() {
    stopReading();
    outbox.broadcast(slice(frame(1, "a")));
    outbox.dropEvents();

    assertThat(budget.bytes()).isZero();
    assertThat(joined.getLast().refCnt()).isEqualTo(1);
  }

  private Slice slice(Frame... frames) {
    var bytes = Unpooled.buffer();
    for (var frame : frames) {
      bytes.writeBytes(frame.line(Detail.FULL).bytes());
    }
    joined.add(bytes);
    return new Slice(List.of(frames), Detail.FULL, bytes);
  }

  private void broadcast(List<Frame> frames) {
    outbox.broadcast(frames, Detail.FULL);
  }

  /** As much as goes out before the peer stops again. */
  private void writeOnePiece() {
    var once = new StopsAfterOneWrite();
    channel.pipeline().addLast(once);
    readAgain();
    channel.pipeline().remove(once);
  }

  private void stopReading() {
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
  }

  private void readAgain() {
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
    outbox.pump();
    channel.runPendingTasks();
  }

  private String sent() {
    var text = new StringBuilder();
    for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
      text.append(bytes.toString(UTF_8));
      bytes.release();
    }
    return text.toString();
  }

  private static Frame frame(long seq, String id) {
    var event = new Removed(seq, SessionId.of(id), RemovalReason.ENDED, null);
    return new Frame(event, _ -> bytes(id + seq + "\n"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** What the outbox has told. */
  private static final class Told implements Outbox.Owner {
    private int collapsed;
    private int overflowed;
    private int drained;
    private int blocked;

    @Override
    public void collapsed(int events) {
      collapsed += events;
    }

    @Override
    public void overflowed(int events) {
      overflowed += events;
    }

    @Override
    public void blocked() {
      blocked++;
    }

    @Override
    public void drained() {
      drained++;
    }
  }

  /** A peer that reads one piece. */
  private final class StopsAfterOneWrite extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext ctx, Object bytes, ChannelPromise written) {
      var _ = ctx.write(bytes, written);
      stopReading();
    }
  }

  /** A socket that takes nothing until it is told to. */
  private static final class FullSocket extends ChannelOutboundHandlerAdapter {
    private final List<Runnable> held = new ArrayList<>();

    @Override
    public void write(ChannelHandlerContext ctx, Object bytes, ChannelPromise written) {
      held.add(() -> {
        var _ = ctx.writeAndFlush(bytes, written);
      });
    }

    void take() {
      held.forEach(Runnable::run);
    }
  }
}
