package dev.atmd.server.streams;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Parts a stream of server-sent events, in pieces of any size, into the data of each:
 *
 * <pre>
 * event: message ␊ data: {"a": ␊ data: 1} ␊ ␊   →   {"a":␊1}
 * </pre>
 *
 * Lines end with CR, LF or both. Names, ids and comments are passed over; nothing is replayed by
 * id. Data or lines that are too long are skipped to the end of their event. Confined to one
 * connection.
 */
final class EventStreamParser {
  private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final int maxBytes;
  private final Events events;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private boolean hasData;
  private boolean tooLong;
  private boolean afterReturn;
  private boolean begun;

  /** Where events go. */
  interface Events {
    void event(byte[] data);

    void tooLong();
  }

  EventStreamParser(int maxBytes, Events events) {
    this.maxBytes = maxBytes;
    this.events = events;
  }

  /** Reads all of {@code piece}. */
  void read(ByteBuf piece) {
    while (piece.isReadable()) {
      var end = piece.forEachByte(value -> value != '\n' && value != '\r');
      var from = piece.readerIndex();
      var length = (end < 0 ? piece.writerIndex() : end) - from;
      if (length > 0) {
        afterReturn = false;
        take(piece, length);
      }
      if (end >= 0) {
        lineEnd(piece.readByte());
      }
    }
  }

  private void take(ByteBuf piece, int length) {
    // The field's name and blank stand before the data.
    if (tooLong || line.size() + data.size() + length > maxBytes + DATA.length + 2) {
      tooLong = true;
      line.reset();
      data.reset();
      // So that the line is not taken for the empty one that ends the event.
      line.write(':');
      piece.skipBytes(length);
      return;
    }
    var bytes = new byte[length];
    piece.readBytes(bytes);
    line.writeBytes(bytes);
  }

  private void lineEnd(byte end) {
    if (end == '\n' && afterReturn) {
      afterReturn = false;
      return;
    }
    afterReturn = end == '\r';
    var bytes = line.toByteArray();
    line.reset();
    if (!begun && bytes.length >= MARK.length && Arrays.equals(MARK, 0, 3, bytes, 0, 3)) {
      bytes = Arrays.copyOfRange(bytes, MARK.length, bytes.length);
    }
    begun = true;
    if (bytes.length == 0) {
      dispatch();
    } else if (isData(bytes)) {
      addData(bytes);
    }
  }

  private static boolean isData(byte[] bytes) {
    return bytes.length >= DATA.length
        && Arrays.equals(DATA, 0, DATA.length, bytes, 0, DATA.length)
        && (bytes.length == DATA.length || bytes[DATA.length] == ':');
  }

  private void addData(byte[] bytes) {
    if (hasData) {
      data.write('\n');
    }
    hasData = true;
    var from = DATA.length + 1;
    if (from < bytes.length && bytes[from] == ' ') {
      from++;
    }
    if (from < bytes.length) {
      data.write(bytes, from, bytes.length - from);
    }
  }

  private void dispatch() {
    if (tooLong) {
      events.tooLong();
    } else if (hasData) {
      events.event(data.toByteArray());
    }
    data.reset();
    hasData = false;
    tooLong = false;
  }
}
