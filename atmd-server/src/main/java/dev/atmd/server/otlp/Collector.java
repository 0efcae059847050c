package dev.atmd.server.otlp;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.atmd.server.outbound.Sender;
import io.micrometer.registry.otlp.OtlpMetricsSender;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Who takes the metrics. Each export is one POST that has a limit for everything; one that fails is
 * not repeated, because the next says all that it would have said. Sends on "atmd-otlp" and on the
 * thread that closes; the counts are for any thread.
 */
final class Collector implements OtlpMetricsSender {
  private static final System.Logger LOG = System.getLogger(Collector.class.getName());

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Stopping must not wait for a collector. */
  private static final Duration LAST_PATIENCE = Duration.ofMillis(400);

  private final URI url;
  private final @Nullable HeadersFile headers;
  private final Duration patience;
  private final Sender sender = new Sender();
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  /** Written by who sends; read by the gauges and by who closes. */
  private volatile boolean isInTrouble;

  /** Written by who closes, read by who sends. */
  private volatile boolean isClosing;

  Collector(URI url, @Nullable HeadersFile headers, Duration interval) {
    this.url = url;
    this.headers = headers;
    this.patience = interval.compareTo(PATIENCE) < 0 ? interval : PATIENCE;
  }

  @Override
  public void send(Request request) {
    if (isClosing && isInTrouble) {
      return;
    }
    try {
      var status =
          sender.send(post(request.getMetricsData()), () -> isClosing ? LAST_PATIENCE : patience);
      if (status / 100 == 2) {
        wasTaken();
      } else {
        hasFailed("it answered " + status);
      }
    } catch (IOException | RuntimeException e) {
      hasFailed(Sender.why(e));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      hasFailed("the daemon is stopping");
    }
  }

  private HttpRequest post(byte[] metrics) throws IOException {
    var post =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/x-protobuf")
            .POST(BodyPublishers.ofByteArray(metrics));
    (headers == null ? Map.<String, String>of() : headers.read()).forEach(post::header);
    return post.build();
  }

  private void wasTaken() {
    taken.incrementAndGet();
    if (isInTrouble) {
      LOG.log(INFO, "metrics are taken again by {0}", url);
    }
    isInTrouble = false;
  }

  /** Said once, not at each attempt. */
  private void hasFailed(String why) {
    failed.incrementAndGet();
    if (!isInTrouble && !isClosing) {
      LOG.log(
          WARNING,
          "metrics are not taken by {0}: {1}; tried again at each interval, until then"
              + " atmd_otlp_trouble is 1",
          url,
          why);
    }
    isInTrouble = true;
  }

  /** An export that is under way ends at once; one that comes may take only a moment. */
  void hurry() {
    isClosing = true;
    sender.giveUp();
  }

  long taken() {
    return taken.get();
  }

  long failed() {
    return failed.get();
  }

  boolean isInTrouble() {
    return isInTrouble;
  }
}
