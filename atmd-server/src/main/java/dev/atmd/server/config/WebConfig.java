package dev.atmd.server.config;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where the web dashboard is served, and to whom. Immutable.
 *
 * @param hosts the names it may be asked for by, beside those of the loopback interface
 * @param certificate a PEM file; empty for no TLS
 * @param key its PEM file
 * @param isRedacted whether nobody sees prompts, paths, commands and questions there
 * @param scrapers names or numbers of other accounts of this machine that may read the metrics
 * @param maxConnections at the same time
 * @param maxStreams how many of them may be streams of events
 */
public record WebConfig(
    boolean isEnabled,
    InetSocketAddress listen,
    List<String> hosts,
    String certificate,
    String key,
    boolean isRedacted,
    List<String> scrapers,
    int maxConnections,
    int maxStreams) {
  public WebConfig {
    hosts = List.copyOf(hosts);
    scrapers = List.copyOf(scrapers);
  }

  static WebConfig of(EffectiveConfig in) {
    return new WebConfig(
        Boolean.parseBoolean(in.text(Setting.WEB_ENABLED)),
        ListenAddress.parse(in.text(Setting.WEB_LISTEN)).orElseThrow(),
        Arrays.stream(in.text(Setting.WEB_HOSTS).split("[,\\s]+"))
            .filter(name -> !name.isEmpty())
            .toList(),
        in.text(Setting.WEB_TLS_CERT),
        in.text(Setting.WEB_TLS_KEY),
        Boolean.parseBoolean(in.text(Setting.WEB_REDACTED)),
        Setting.Kind.AnyOf.split(in.text(Setting.WEB_SCRAPERS)),
        in.count(Setting.WEB_CONNECTIONS),
        in.count(Setting.WEB_STREAMS));
  }

  public boolean hasTls() {
    return !certificate.isEmpty() && !key.isEmpty();
  }

  public boolean isLocal() {
    return listen.getAddress().isLoopbackAddress();
  }

  /** Why it cannot be served like this, and what to do; empty if it can. */
  public Optional<String> problem() {
    if (!isEnabled) {
      return Optional.empty();
    }
    if (certificate.isEmpty() != key.isEmpty()) {
      return Optional.of(
          "web.tls_cert and web.tls_key belong together: name both files, or neither");
    }
    if (!isLocal() && !hasTls()) {
      return Optional.of(
          "web.listen is %s, which other machines can reach: name web.tls_cert and web.tls_key, or listen at 127.0.0.1 and come through SSH (ssh -L 7717:127.0.0.1:7717)"
              .formatted(listen.getAddress().getHostAddress()));
    }
    if (!isLocal() && !scrapers.isEmpty()) {
      return Optional.of(
          "web.scrapers is for connections within this machine, where the kernel says whose they"
              + " are: listen at 127.0.0.1, or leave it empty and give the scraper the contents of"
              + " web.token");
    }
    if (listen.getAddress().isAnyLocalAddress() && hosts.isEmpty()) {
      return Optional.of(
          "web.listen is every address of this machine: say in web.hosts by which names it is asked"
              + " for, such as \"box.example.org\"");
    }
    return Optional.empty();
  }
}
