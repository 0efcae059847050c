package dev.atmd.server.web;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Whose a connection over the loopback interface is, as the kernel says in /proc/net/tcp. Reads
 * files that can be long: not for event loops. Thread-safe.
 *
 * <pre>
 *   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid
 *    7: 0100007F:D2F2 0100007F:1E25 01 00000000:00000000 00:00000000 00000000  1000 …
 * </pre>
 */
final class Neighbours {
  /** Established, or closed by us only. What a process has let go of belongs to nobody: uid 0. */
  private static final Set<String> HELD = Set.of("01", "08");

  private final Path directory;

  /**
   * @param directory usually /proc/net
   */
  Neighbours(Path directory) {
    this.directory = directory;
  }

  /** Whether the kernel tells at all. */
  boolean canTell() {
    return Files.exists(directory.resolve("tcp"));
  }

  /** The user who holds the other end of a connection; empty if nobody does any more. */
  OptionalLong owner(InetSocketAddress peer, InetSocketAddress own) throws IOException {
    var asV4 = owner("tcp", written(peer, false), written(own, false));
    return asV4.isPresent() || !Files.exists(directory.resolve("tcp6"))
        ? asV4
        : owner("tcp6", written(peer, true), written(own, true));
  }

  private OptionalLong owner(String table, String local, String remote) throws IOException {
    try (var lines = Files.lines(directory.resolve(table))) {
      return lines
          .map(line -> line.strip().split("\\s+"))
          .filter(row -> row.length > 7 && row[1].equals(local) && row[2].equals(remote))
          .filter(row -> HELD.contains(row[3]))
          .mapToLong(row -> Long.parseLong(row[7]))
          .findFirst();
    }
  }

  /** As the tables write it: words of the machine, the port as one reads it. */
  private static String written(InetSocketAddress address, boolean isSix) {
    var bytes = address.getAddress().getAddress();
    if (isSix && bytes.length == 4) {
      bytes =
          new byte[] {
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            (byte) 0xff,
            (byte) 0xff,
            bytes[0],
            bytes[1],
            bytes[2],
            bytes[3]
          };
    }
    var text = new StringBuilder();
    for (var word = 0; word < bytes.length; word += 4) {
      for (var i = 0; i < 4; i++) {
        var isLittle = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        HexFormat.of().withUpperCase().toHexDigits(text, bytes[isLittle ? word + 3 - i : word + i]);
      }
    }
    return text + ":" + "%04X".formatted(address.getPort()).toUpperCase(Locale.ROOT);
  }
}
