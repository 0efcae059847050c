package dev.atmd.server.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * A server on this machine that speaks plain HTTP. Nothing is looked up by name, and nothing else
 * can be written this way, so no password leaves the machine.
 *
 * @param path what stands after the address, empty or with its leading slash
 */
public record LoopbackUrl(InetSocketAddress address, String path) {
  /** The URL in the text; empty if it is no such URL. */
  public static Optional<LoopbackUrl> parse(String text) {
    try {
      var url = new URI(text);
      var host = url.getHost();
      if (!"http".equals(url.getScheme()) || host == null || url.getRawUserInfo() != null) {
        return Optional.empty();
      }
      var address = InetAddress.ofLiteral(host.equals("localhost") ? "127.0.0.1" : host);
      var port = url.getPort() == -1 ? 80 : url.getPort();
      return address.isLoopbackAddress() && port > 0 && port <= 65_535
          ? Optional.of(new LoopbackUrl(new InetSocketAddress(address, port), pathOf(url)))
          : Optional.empty();
    } catch (URISyntaxException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** The address as the header "Host" names it. */
  public String host() {
    var host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  private static String pathOf(URI url) {
    var path = url.getRawPath();
    var query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    return path == null || path.equals("/") ? query : path + query;
  }
}
