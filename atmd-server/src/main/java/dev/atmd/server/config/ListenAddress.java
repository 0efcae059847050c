package dev.atmd.server.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** A place to listen at, as it is written: {@code 127.0.0.1:7717} or {@code [::1]:7717}. */
final class ListenAddress {
  private static final Pattern WRITTEN =
      Pattern.compile("(?<host>[0-9.]{7,15}|localhost|\\[[0-9a-fA-F:.]{2,45}]):(?<port>\\d{1,5})");

  private ListenAddress() {}

  /** Empty if it is none. Names are not looked up. */
  static Optional<InetSocketAddress> parse(String text) {
    var written = WRITTEN.matcher(text);
    if (!written.matches() || Integer.parseInt(written.group("port")) > 65_535) {
      return Optional.empty();
    }
    var host = written.group("host");
    try {
      var address =
          InetAddress.ofLiteral(
              host.equals("localhost") ? "127.0.0.1" : host.replaceAll("[\\[\\]]", ""));
      return Optional.of(new InetSocketAddress(address, Integer.parseInt(written.group("port"))));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
