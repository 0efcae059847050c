package dev.atmd.server.broadcast;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What one connection has still to be sent. While the peer reads, lines go straight to the socket.
 * While it does not, replies wait in order, and of each session only the newest frame waits; a
 * frame that replaces an older one goes to the end, so that nothing newer is ever overtaken by it.
 * When frames of more than {@code maxFrames} sessions wait, all of them are dropped and the owner
 * is told to begin again with a snapshot. On the event loop of the connection.
 */
public final class Outbox {
  /** How much is joined into one write. */
  private static final int JOINED_BYTES = 64 * 1024;

  private final Channel channel;
  private final int maxFrames;
  private final Owner owner;

  /** Frames by their session, everything else by itself; in the order of sending. */
  private final SequencedMap<Object, Object> waiting = new LinkedHashMap<>();

  private int waitingFrames;
  private long lastProgress;
  private boolean closing;

  /** Who is told about an outbox that does not keep up. */
  public interface Owner {
    /** A frame was replaced by a newer one of the same session. */
    void collapsed();

    /** Frames were dropped; a snapshot must take their place once {@link #isIdle} again. */
    void overflowed(int frames);

    /** Something has begun to wait for the peer. */
    void blocked();

    /** Nothing waits, and the peer reads. May be called again without anything in between. */
    void drained();
  }

  public Outbox(Channel channel, int maxFrames, Owner owner) {
    this.channel = channel;
    this.maxFrames = maxFrames;
    this.owner = owner;
    this.lastProgress = System.nanoTime();
  }

  /** Whether nothing waits. */
  public boolean isIdle() {
    return waiting.isEmpty();
  }

  /** Lines that wait and must arrive. */
  public int waitingReplies() {
    return waiting.size() - waitingFrames;
  }

  /** How long nothing could be sent although something waits, in nanoseconds. */
  public long stalledNanos() {
    return waiting.isEmpty() ? 0 : System.nanoTime() - lastProgress;
  }

  /** A line that must arrive. */
  public void send(byte[] line) {
    if (flowsFreely()) {
      writeAndFlush(Unpooled.wrappedBuffer(line));
    } else {
      await(new Object(), line);
      pump();
    }
  }

  /** A line in pieces that must arrive; they are taken as the peer reads. */
  public void send(Iterator<byte[]> pieces) {
    await(new Object(), pieces);
    pump();
  }

  /** Closes the connection once all that waits has been sent; nothing more is accepted. */
  public void closeAfterwards() {
    closing = true;
    if (waiting.isEmpty()) {
      close();
    }
  }

  /**
   * The frames of one batch; {@code joined} is their bytes in one buffer, shared by all who get
   * just these.
   */
  void broadcast(List<Frame> frames, ByteBuf joined) {
    if (flowsFreely()) {
      writeAndFlush(joined.retainedDuplicate());
    } else {
      frames.forEach(this::enqueue);
      pump();
    }
  }

  /** Frames that only this subscriber gets. */
  void broadcast(List<Frame> frames) {
    if (flowsFreely()) {
      writeAndFlush(joined(frames.stream().map(Frame::line).toList()));
    } else {
      frames.forEach(this::enqueue);
      pump();
    }
  }

  /** Forgets the frames that wait: a snapshot will say it all. */
  public void dropFrames() {
    waiting.values().removeIf(Frame.class::isInstance);
    waitingFrames = 0;
  }

  /** Sends what the socket takes. To be called whenever it has become writable. */
  public void pump() {
    var wrote = false;
    while (!waiting.isEmpty() && channel.isWritable()) {
      writeNext();
      wrote = true;
    }
    if (wrote) {
      lastProgress = System.nanoTime();
      channel.flush();
    }
    if (!waiting.isEmpty()) {
      owner.blocked();
    } else if (closing) {
      close();
    } else if (channel.isWritable()) {
      owner.drained();
    }
  }

  private boolean flowsFreely() {
    return waiting.isEmpty() && channel.isWritable() && !closing;
  }

  private void close() {
    var _ = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  /** Answers whether this took the place of something that waited. */
  private boolean await(Object key, Object content) {
    if (waiting.isEmpty()) {
      lastProgress = System.nanoTime();
    }
    return waiting.putLast(key, content) != null;
  }

  private void enqueue(Frame frame) {
    if (await(frame.sessionId(), frame)) {
      owner.collapsed();
      return;
    }
    waitingFrames++;
    if (waitingFrames > maxFrames) {
      var dropped = waitingFrames;
      dropFrames();
      owner.overflowed(dropped);
    }
  }

  private void writeNext() {
    var first = waiting.firstEntry();
    if (first.getValue() instanceof Iterator<?> pieces) {
      write(Unpooled.wrappedBuffer((byte[]) pieces.next()));
      if (!pieces.hasNext()) {
        waiting.pollFirstEntry();
      }
    } else {
      writeJoined();
    }
  }

  private void writeJoined() {
    var lines = new ArrayList<byte[]>();
    var bytes = 0;
    while (!waiting.isEmpty() && bytes < JOINED_BYTES) {
      var line =
          switch (waiting.firstEntry().getValue()) {
            case Frame frame -> {
              waitingFrames--;
              yield frame.line();
            }
            case byte[] reply -> reply;
            default -> null;
          };
      if (line == null) {
        break;
      }
      waiting.pollFirstEntry();
      lines.add(line);
      bytes += line.length;
    }
    write(joined(lines));
  }

  private ByteBuf joined(List<byte[]> lines) {
    var joined = channel.alloc().ioBuffer(lines.stream().mapToInt(line -> line.length).sum());
    lines.forEach(joined::writeBytes);
    return joined;
  }

  private void write(ByteBuf bytes) {
    var _ = channel.write(bytes).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  private void writeAndFlush(ByteBuf bytes) {
    var _ = channel.writeAndFlush(bytes).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }
}
