package dev.atmd.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * Where metrics may be sent: over TLS to anywhere, in plain text only within this machine. Nothing
 * secret is part of it, because it is logged and printed.
 */
final class CollectorUrl {
  private CollectorUrl() {}

  /** Empty if it is none. A name of this machine becomes its address. */
  static Optional<URI> parse(String text) {
    try {
      var url = new URI(text);
      var hasMore = url.getRawFragment() != null || url.getRawQuery() != null;
      if (hasMore || url.getRawPath() == null || url.getRawPath().length() < 2) {
        return Optional.empty();
      }
      if ("https".equals(url.getScheme())) {
        var isPlace =
            url.getHost() != null
                && url.getRawUserInfo() == null
                && url.getPort() != 0
                && url.getPort() <= 65_535;
        return isPlace ? Optional.of(url) : Optional.empty();
      }
      return LoopbackUrl.parse(text)
          .map(local -> URI.create("http://" + local.host() + local.path()));
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }
}
