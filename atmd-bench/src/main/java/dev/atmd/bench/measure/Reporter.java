package dev.atmd.bench.measure;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atmd.bench.load.Drain;
import dev.atmd.bench.load.Outlet;
import dev.atmd.bench.load.Reader;
import dev.atmd.bench.load.StatusLines;
import dev.atmd.bench.system.Intake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A connection that reports one session, and then asks what became of it. */
final class Reporter {
  private final Intake intake;
  private final StatusLines lines;
  private final int session;
  private final int linesPerWrite;
  private final Answer answer = new Answer();
  private final Outlet outlet;

  private int sent;
  private boolean asked;

  Reporter(Intake intake, StatusLines lines, Drain drain, int session, int linesPerWrite)
      throws IOException {
    this.intake = intake;
    this.lines = lines;
    this.session = session;
    this.linesPerWrite = linesPerWrite;
    this.outlet = drain.outlet(intake.connect(), linesPerWrite * lines.lineBytes(), answer);
  }

  /** Sends the next lines, if the ones before are on their way; answers whether it did. */
  boolean send() throws IOException {
    if (!outlet.isEmpty()) {
      return false;
    }
    var out = outlet.refill();
    for (var i = 0; i < linesPerWrite; i++) {
      lines.put(out, session, sent++);
    }
    outlet.send();
    return true;
  }

  /** Asks, once, when all lines are on their way. */
  void ask() throws IOException {
    if (!asked && outlet.isEmpty()) {
      outlet.refill().put(intake.question().getBytes(UTF_8));
      outlet.send();
      asked = true;
    }
  }

  boolean isAnswered() {
    return answer.ended;
  }

  int sent() {
    return sent;
  }

  long missing() throws IOException {
    return answer.ended
        ? intake.missing(answer.line.toString(UTF_8), lines, session, sent - 1, sent)
        : sent;
  }

  /** All that comes back, to the end of the first line. */
  private static final class Answer implements Reader {
    private static final int READ_BYTES = 64 * 1024;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final byte[] bytes = new byte[READ_BYTES];
    private boolean ended;

    @Override
    public int read(SocketChannel channel) throws IOException {
      var read = channel.read(ByteBuffer.wrap(bytes));
      if (read > 0 && !ended) {
        line.write(bytes, 0, read);
        ended = bytes[read - 1] == '\n';
      }
      return read;
    }
  }
}
