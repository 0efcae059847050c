package dev.atmd.server.web;

import dev.atmd.server.web.WebGauges.Refusal;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask (docs/security.md). Every request passes the first rule that it breaks here:
 *
 * <pre>
 * Host             one, and a name of ours            else a page of a stranger found our address
 * Origin           none, or the page itself           else another page asks
 * Sec-Fetch-Site   none, or the page itself           the same, from browsers that send no Origin
 * account          ours, or it asks for /metrics      else a scraper wants more than that
 * cookie           a pass, for all but the page       else nobody has logged in
 * </pre>
 *
 * Immutable.
 */
final class Gate {
  private static final Set<String> LOCAL = Set.of("127.0.0.1", "localhost", "[::1]");
  private static final Pattern HOST = Pattern.compile("(\\[[0-9a-f:.]+\\]|[^:]+)(?::\\d{1,5})?");
  private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

  private final Passes passes;
  private final WebKeys keys;
  private final List<String> hosts;

  /**
   * @param hosts the names by which the dashboard may be asked for, beside those of the loopback
   *     interface
   */
  Gate(Passes passes, WebKeys keys, List<String> hosts) {
    this.passes = passes;
    this.keys = keys;
    this.hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
  }

  /** Why somebody is not let in. The text says what was seen and what was expected. */
  record Closed(Refusal reason, HttpResponseStatus status, String text) {}

  /** Whose a connection is, where the kernel tells. */
  enum Visitor {
    /** Our user, or root; where the kernel does not tell, anybody. */
    OWN,
    /** An account that may read the metrics, and needs no token for it. */
    SCRAPER
  }

  /** Null if it may be answered. */
  @Nullable Closed closedTo(HttpRequest request, Route route, Visitor visitor, Instant now) {
    var headers = request.headers();
    if (!isForUs(headers)) {
      return new Closed(
          Refusal.HOST,
          HttpResponseStatus.MISDIRECTED_REQUEST,
          "this is no name of the dashboard: add it to web.hosts if it is to be one");
    }
    if (!isFromOurPage(request)) {
      return new Closed(
          Refusal.ORIGIN, HttpResponseStatus.FORBIDDEN, "only the dashboard itself may ask");
    }
    if (visitor == Visitor.SCRAPER) {
      return route.right() == Route.Right.METRICS
          ? null
          : new Closed(
              Refusal.STRANGER,
              HttpResponseStatus.FORBIDDEN,
              "your account may GET /metrics and nothing else (web.scrapers)");
    }
    return switch (route.right()) {
      case ANYBODY -> null;
      case METRICS -> mayRead(headers, now) || isScraper(headers) ? null : notLoggedIn();
      case READER -> mayRead(headers, now) ? null : notLoggedIn();
    };
  }

  private static Closed notLoggedIn() {
    return new Closed(
        Refusal.LOGIN, HttpResponseStatus.UNAUTHORIZED, "not logged in: run `atm web`");
  }

  private boolean isForUs(HttpHeaders headers) {
    var all = headers.getAll(HttpHeaderNames.HOST);
    if (all.size() != 1) {
      return false;
    }
    var host = HOST.matcher(all.getFirst().toLowerCase(Locale.ROOT));
    return host.matches() && (LOCAL.contains(host.group(1)) || hosts.contains(host.group(1)));
  }

  private boolean isFromOurPage(HttpRequest request) {
    var headers = request.headers();
    var scheme = passes.isSecure() ? "https://" : "http://";
    var own = scheme + headers.get(HttpHeaderNames.HOST);
    if (!headers.getAll(HttpHeaderNames.ORIGIN).stream().allMatch(own::equalsIgnoreCase)) {
      return false;
    }
    return headers.getAll("Sec-Fetch-Site").stream().allMatch(OWN_SITE::contains)
        || isFollowedLink(request);
  }

  /** A link to the page stands anywhere; it shows nothing to where it stands. */
  private static boolean isFollowedLink(HttpRequest request) {
    return request.method().equals(HttpMethod.GET)
        && "navigate".equals(request.headers().get("Sec-Fetch-Mode"))
        && "document".equals(request.headers().get("Sec-Fetch-Dest"))
        && request.uri().equals("/");
  }

  private boolean mayRead(HttpHeaders headers, Instant now) {
    return headers.getAll(HttpHeaderNames.COOKIE).stream()
        .flatMap(line -> ServerCookieDecoder.STRICT.decodeAll(line).stream())
        .filter(cookie -> cookie.name().equals(passes.name()))
        .anyMatch(cookie -> passes.isValid(cookie.value(), now));
  }

  private boolean isScraper(HttpHeaders headers) {
    var said = headers.get(HttpHeaderNames.AUTHORIZATION);
    return said != null && Tokens.areEqual("Bearer " + keys.metricsToken(), said);
  }
}
