package dev.atmd.bench.micro;

import dev.atmd.bench.load.StatusLines;
import dev.atmd.core.registry.ProcessStamp;
import dev.atmd.core.registry.ProcessTable;
import dev.atmd.core.registry.RegistryCommand.ApplyStatus;
import dev.atmd.core.registry.RegistryLimits;
import dev.atmd.core.registry.SessionTable;
import dev.atmd.core.session.Pid;
import dev.atmd.protocol.json.ClientMessageReader;
import dev.atmd.protocol.message.ClientLine;
import dev.atmd.protocol.message.ClientMessage.StatusUpdate;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the benchmarks work on: the status lines of the load, through the daemon's own reader. */
final class Samples {
  private Samples() {}

  /** So many updates, each of another session if there are as many. */
  static List<byte[]> lines(int number, int sessions) {
    var lines = new StatusLines();
    var all = new ArrayList<byte[]>();
    for (var i = 0; i < number; i++) {
      var out = ByteBuffer.allocate(lines.lineBytes());
      lines.put(out, i % sessions, i);
      all.add(out.array());
    }
    return all;
  }

  /** The same as the registry gets them. */
  static List<ApplyStatus> commands(int number, int sessions) {
    return lines(number, sessions).stream().map(Samples::command).toList();
  }

  private static ApplyStatus command(byte[] line) {
    return switch (ClientMessageReader.read(line, line.length - 1)) {
      case ClientLine.Understood(_, StatusUpdate(var report, var delivery), _) ->
          new ApplyStatus(report, delivery, null);
      case ClientLine other -> throw new IllegalStateException("not a status line: " + other);
    };
  }

  /** A registry in which all processes are unknown, as those of the load are. */
  static SessionTable table() {
    return new SessionTable(
        RegistryLimits.DEFAULT,
        new ProcessTable() {
          @Override
          public Optional<ProcessStamp> find(Pid pid) {
            return Optional.empty();
          }

          @Override
          public boolean descends(Pid pid, Pid ancestor) {
            return false;
          }
        });
  }
}
