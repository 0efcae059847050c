package dev.atmd.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Addresses of servers that the daemon sends to. */
public final class OutboundUrl {
  private OutboundUrl() {}

  /**
   * Empty if it is none: another scheme than http and https, no host, a user, or a fragment. A name
   * of this machine becomes its address.
   */
  static Optional<URI> parse(String text) {
    try {
      var url = new URI(text);
      var isPlace =
          ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))
              && url.getHost() != null
              && url.getRawUserInfo() == null
              && url.getRawFragment() == null
              && url.getPort() != 0
              && url.getPort() <= 65_535;
      return isPlace
          ? LoopbackUrl.parse(text)
              .map(local -> URI.create("http://" + local.host() + local.path()))
              .or(() -> Optional.of(url))
          : Optional.empty();
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }

  /** Whether nobody on the way there can read what is sent: it goes over TLS, or not away. */
  public static boolean isPrivate(URI url) {
    return "https".equals(url.getScheme()) || LoopbackUrl.parse(url.toString()).isPresent();
  }
}
