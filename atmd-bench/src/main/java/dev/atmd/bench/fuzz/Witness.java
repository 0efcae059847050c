package dev.atmd.bench.fuzz;

import dev.atmd.bench.load.Messages;
import dev.atmd.bench.load.Wire;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A client that does everything right: it reports a session of its own and asks, and another
 * connection of it hears of that session. Every answer must be its own. One thread runs it; how far
 * it has come may be read by any.
 */
final class Witness implements AutoCloseable {
  private static final String HEAD = "{\"protocol_version\":{\"major\":1,\"minor\":1},\"type\":";

  private final String id;
  private final Wire asking;
  private final Wire listening;

  /** Read by the thread that watches for a hang. */
  private volatile long rounds;

  private Witness(String id, Wire asking, Wire listening) {
    this.id = id;
    this.asking = asking;
    this.listening = listening;
  }

  static Witness at(Path socket) throws IOException {
    var id = "witness-" + Long.toHexString(System.nanoTime());
    var address = UnixDomainSocketAddress.of(socket);
    var witness = new Witness(id, Wire.connect(address), Wire.connect(address));
    witness.begin();
    return witness;
  }

  private void begin() throws IOException {
    for (var wire : new Wire[] {asking, listening}) {
      wire.write(Messages.HELLO);
      expect(wire.readLine(), "\"type\":\"connected\"");
    }
    listening.write(HEAD + "\"subscribe\",\"session_ids\":[\"" + id + "\"]}\n");
    expect(listening.readLine(), "\"type\":\"session_list\"");
  }

  long rounds() {
    return rounds;
  }

  /** Reports and asks once; fails if anything that comes is not the answer. */
  void round() throws IOException {
    var number = rounds + 1;
    var cost = String.format(Locale.ROOT, "%d.5", number);
    asking.write(
        HEAD
            + "\"status_update\",\"data\":{\"session_id\":\""
            + id
            + "\",\"pid\":1999999999,\"model\":{\"id\":\"claude-opus-4-5\"},\"cost\":{\"total_cost_usd\":"
            + cost
            + ",\"total_duration_ms\":1},\"context_window\":{\"total_input_tokens\":100,"
            + "\"context_window_size\":200000}}}\n"
            + HEAD
            + "\"ping\",\"seq\":"
            + number
            + "}\n");
    expect(asking.readLine(), "{\"type\":\"pong\",\"seq\":" + number + "}");
    var update = listening.readLine();
    expect(update, "\"type\":\"session_updated\"");
    expect(update, "\"id\":\"" + id + "\"");
    expect(update, "\"cost_usd\":" + cost);
    rounds = number;
  }

  /** A counter of the daemon; zero if it is not there. */
  double metric(String name) throws IOException {
    asking.write(HEAD + "\"metrics\"}\n");
    var text = asking.readLine();
    var at = text.indexOf("\\n" + name + " ");
    if (at < 0) {
      return 0;
    }
    var from = at + name.length() + 3;
    return Double.parseDouble(text.substring(from, text.indexOf('\\', from)));
  }

  private static void expect(String line, String part) throws IOException {
    if (!line.contains(part)) {
      throw new IOException("expected " + part + ", heard " + line);
    }
  }

  @Override
  public void close() throws IOException {
    asking.close();
    listening.close();
  }
}
