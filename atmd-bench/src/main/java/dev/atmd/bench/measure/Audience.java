package dev.atmd.bench.measure;

import dev.atmd.bench.load.ByteCounter;
import dev.atmd.bench.load.Drain;
import dev.atmd.bench.load.Reader;
import dev.atmd.bench.load.UpdateListener;
import dev.atmd.bench.system.Topic;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * The subscribers of one measurement, and what they have got. The attentive ones find every update
 * in what they read; the others count bytes, which must be as many as the first attentive one got.
 * Used by the thread that drains.
 */
final class Audience {
  private final Topic topic;
  private final Drain drain;
  private final List<Attentive> attentive = new ArrayList<>();
  private final List<ByteCounter> counting = new ArrayList<>();

  Audience(Topic topic, Drain drain) {
    this.topic = topic;
    this.drain = drain;
  }

  /** An audience of so many, of whom one is attentive. */
  static Audience of(int subscribers, Topic topic, Drain drain) throws IOException {
    var audience = new Audience(topic, drain);
    audience.joinAttentive(1, (_, _) -> {});
    audience.joinCounting(subscribers - 1);
    return audience;
  }

  void joinAttentive(int number, UpdateListener listener) throws IOException {
    for (var i = 0; i < number; i++) {
      var subscriber = new Attentive(topic, listener);
      drain.add(topic.subscriber(), subscriber);
      attentive.add(subscriber);
    }
  }

  /** These join before anything is published, or their bytes would be too few. */
  void joinCounting(int number) throws IOException {
    for (var i = 0; i < number; i++) {
      counting.add(drain.count(topic.subscriber()));
    }
  }

  int size() {
    return attentive.size() + counting.size();
  }

  /** How many of the updates have come, on average. */
  double delivered() {
    var reference = attentive.getFirst();
    if (reference.seen == 0) {
      return 0;
    }
    var frames = attentive.stream().mapToLong(subscriber -> subscriber.seen).sum();
    var bytes = counting.stream().mapToLong(ByteCounter::bytes).sum();
    return (frames + bytes / reference.frameBytes()) / size();
  }

  /** How many deliveries never came, when so many updates were published. */
  long missing(int published) {
    var reference = attentive.getFirst();
    var missing =
        attentive.stream().mapToLong(subscriber -> Math.abs(published - subscriber.seen)).sum();
    if (reference.seen == 0) {
      return missing + (long) published * counting.size();
    }
    var expected = reference.bytes + (double) (published - reference.seen) * reference.frameBytes();
    for (var subscriber : counting) {
      missing += Math.round(Math.abs(expected - subscriber.bytes()) / reference.frameBytes());
    }
    return missing;
  }

  /** Reads what it gets, and knows how much of it was updates. */
  private static final class Attentive implements Reader {
    private final Reader reader;
    private long bytes;
    private int seen;
    private int last = -1;

    Attentive(Topic topic, UpdateListener listener) {
      this.reader =
          topic.reader((update, nanos) -> {
            if (update > last) {
              last = update;
              seen++;
              listener.update(update, nanos);
            }
          });
    }

    @Override
    public int read(SocketChannel channel) throws IOException {
      var read = reader.read(channel);
      bytes += Math.max(0, read);
      return read;
    }

    double frameBytes() {
      return (double) bytes / seen;
    }
  }
}
