package dev.atmd.server.otlp;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.micrometer.registry.otlp.OtlpMetricsSender;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Who takes the metrics. Each export is one POST that may take so long and no longer, from the name
 * of the collector to the end of its answer; one that fails is not repeated, because the next says
 * all that it would have said. Nothing is kept open in between. Sends on "atmd-otlp" and on the
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
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  /** Written by who sends; read by the gauges and by who closes. */
  private volatile boolean isInTrouble;

  /** Written by who closes, read by who sends. */
  private volatile boolean isClosing;

  /** Written by who sends; whoever closes ends it. */
  private volatile @Nullable Future<?> underway;

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
      var status = post(request.getMetricsData());
      if (status / 100 == 2) {
        wasTaken();
      } else {
        hasFailed("it answered " + status);
      }
    } catch (TimeoutException _) {
      hasFailed("it did not answer in time");
    } catch (CancellationException _) {
      hasFailed("the daemon is stopping");
    } catch (ExecutionException e) {
      hasFailed(said(e.getCause() == null ? e : e.getCause()));
    } catch (IOException | RuntimeException e) {
      hasFailed(said(e));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      hasFailed("the daemon is stopping");
    }
  }

  /**
   * The time covers names, connecting, and an answer that trickles; a redirection is not followed,
   * so that nobody else is told the secrets.
   */
  private int post(byte[] metrics)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    var post =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/x-protobuf")
            .POST(BodyPublishers.ofByteArray(metrics));
    (headers == null ? Map.<String, String>of() : headers.read()).forEach(post::header);
    var client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    try {
      var answer = client.sendAsync(post.build(), BodyHandlers.discarding());
      underway = answer;
      var limit = isClosing ? LAST_PATIENCE : patience;
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS).statusCode();
    } finally {
      underway = null;
      client.shutdownNow();
    }
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

  /** Some failures of the network say nothing but their kind, and that of their cause. */
  private static String said(Throwable failure) {
    if (failure.getMessage() != null) {
      return failure.getMessage();
    }
    var kind = failure.getClass().getSimpleName();
    return failure.getCause() == null ? kind : kind + ", " + said(failure.getCause());
  }

  /** An export that is under way ends at once; one that comes may take only a moment. */
  void hurry() {
    isClosing = true;
    var current = underway;
    if (current != null) {
      current.cancel(true);
    }
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
