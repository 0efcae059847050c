package dev.atmd.bench.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atmd.bench.load.Messages;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes that the measured daemon delivers for one update, for others to deliver as well. */
public final class Payload {
  private Payload() {}

  /** One event of this daemon, without its line end. */
  public static byte[] of(AtmDaemon daemon) throws IOException {
    try (var topic = daemon.topic(1);
        var subscriber = topic.subscriber();
        var publisher = topic.publisher()) {
      var out = ByteBuffer.allocate(topic.publicationBytes());
      topic.put(out, 0);
      publisher.write(out.flip());
      publisher.write(Messages.LIST);
      var event = subscriber.readLine();
      while (!event.contains(topic.lines().sessionId(0))) {
        event = subscriber.readLine();
      }
      return event.getBytes(UTF_8);
    }
  }
}
