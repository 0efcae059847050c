package dev.atmd.server.notify;

import dev.atmd.server.config.OutboundUrl;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where notices are posted to, and how.
 *
 * @param address null for nowhere
 * @param mayBePlain whether that may be another machine without TLS
 * @param format of what is posted: "json", "slack" or "ntfy"
 * @param secretFile holds the key by which what is posted is signed; empty for none
 */
public record WebhookConfig(
    @Nullable URI address, boolean mayBePlain, String format, String secretFile) {
  /** Whether whoever is on the way can read and change what is posted. */
  boolean isPlain() {
    return address != null && !OutboundUrl.isPrivate(address);
  }

  /** Why nothing can be posted like this, and what to do; empty if it can. */
  Optional<String> problem() {
    return isPlain() && !mayBePlain
        ? Optional.of(
            "notify.webhook is plain http to another machine, and whoever is on the way can read"
                + " what agents ask: use https, or set notify.webhook_plain = true where you trust"
                + " that network")
        : Optional.empty();
  }
}
