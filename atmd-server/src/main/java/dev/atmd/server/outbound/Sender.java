package dev.atmd.server.outbound;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to another server, one after the other. Each may take so long and no longer, from
 * the name of the server to the end of its answer. Redirections are not followed, so that nobody
 * else is told what is in a request, and nothing is kept open in between. Sends on one thread; any
 * thread may give up what is under way.
 */
public final class Sender {
  /** Written by who sends; whoever gives up ends it. */
  private volatile @Nullable Future<?> underway;

  /**
   * Sends one, and waits for the end of its answer: a limit of the request itself would end at the
   * headers, and closing the client would wait for what comes after them.
   *
   * @param limit asked for once the request is under way, so that who gives up either ends it or is
   *     heard here
   * @return the status it was answered with
   * @throws IOException if no whole answer has come in time; the message says why
   */
  public int send(HttpRequest request, Supplier<Duration> limit)
      throws IOException, InterruptedException {
    var client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    try {
      var answer = client.sendAsync(request, BodyHandlers.discarding());
      underway = answer;
      return answer.get(limit.get().toNanos(), TimeUnit.NANOSECONDS).statusCode();
    } catch (TimeoutException e) {
      throw new IOException("it did not answer in time", e);
    } catch (CancellationException e) {
      throw new IOException("it was given up", e);
    } catch (ExecutionException e) {
      var cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(why(cause), cause);
    } finally {
      underway = null;
      client.shutdownNow();
    }
  }

  /** What is under way ends at once. */
  public void giveUp() {
    var current = underway;
    if (current != null) {
      current.cancel(true);
    }
  }

  /** Some failures of the network say nothing but their kind, and that of their cause. */
  public static String why(Throwable failure) {
    if (failure.getMessage() != null) {
      return failure.getMessage();
    }
    var kind = failure.getClass().getSimpleName();
    return failure.getCause() == null ? kind : kind + ", " + why(failure.getCause());
  }
}
