package dev.atmd.server.config;

import java.net.URI;
import java.util.Optional;

/**
 * Where metrics may be sent: over TLS to anywhere, in plain text only within this machine. Nothing
 * secret is part of it, because it is logged and printed.
 */
final class CollectorUrl {
  private CollectorUrl() {}

  /** Empty if it is none. A name of this machine becomes its address. */
  static Optional<URI> parse(String text) {
    return OutboundUrl.parse(text)
        .filter(OutboundUrl::isPrivate)
        .filter(url -> url.getRawQuery() == null && url.getRawPath().length() > 1);
  }
}
