package dev.atmd.server.spool;

import dev.atmd.core.registry.Delivery;
import dev.atmd.core.registry.RegistryCommand;
import dev.atmd.protocol.json.ClientMessageReader;
import dev.atmd.protocol.message.ClientLine.Understood;
import dev.atmd.protocol.message.ClientMessage.Ignored;
import dev.atmd.protocol.message.ClientMessage.LifecycleUpdate;
import dev.atmd.protocol.message.ClientMessage.StatusUpdate;
import dev.atmd.server.net.Reports;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What a line of the spool turned out to be; it is read as every line of the protocol is. */
sealed interface SpooledLine {
  /**
   * A report.
   *
   * @param command asks for the command that it comes to
   */
  record Event(Delivery delivery, Function<Reports, CompletableFuture<RegistryCommand>> command)
      implements SpooledLine {
    /** When it happened; before all others if its sender does not say. */
    Instant at() {
      var at = delivery.sentAt();
      return at == null ? Instant.EPOCH : at;
    }
  }

  /** An event that nothing follows from. */
  record Meaningless() implements SpooledLine {}

  /** No event at all; its bytes as characters. */
  record Bad(String bytes) implements SpooledLine {}

  /** Reads a file; empty lines only part others. */
  static List<SpooledLine> readAll(byte[] file) {
    var lines = new ArrayList<SpooledLine>();
    var from = 0;
    for (var i = 0; i <= file.length; i++) {
      if (i == file.length || file[i] == '\n') {
        if (i > from) {
          lines.add(read(Arrays.copyOfRange(file, from, i)));
        }
        from = i + 1;
      }
    }
    return lines;
  }

  private static SpooledLine read(byte[] line) {
    if (!(ClientMessageReader.read(line, line.length) instanceof Understood(_, var message, _))) {
      return new Bad(new String(line, StandardCharsets.ISO_8859_1));
    }
    return switch (message) {
      case StatusUpdate update -> new Event(update.delivery(), reports -> reports.command(update));
      case LifecycleUpdate(var report, var delivery) -> {
        var update = new LifecycleUpdate(report, delivery.afterWaiting());
        yield new Event(delivery, reports -> reports.command(update));
      }
      case Ignored _ -> new Meaningless();
      default -> new Bad(new String(line, StandardCharsets.ISO_8859_1));
    };
  }
}
