package dev.atmd.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.registry.LifecycleReport;
import dev.atmd.core.registry.StatusReport;
import dev.atmd.protocol.message.ClientLine;
import dev.atmd.protocol.message.ClientLine.Understood;
import dev.atmd.protocol.message.ClientLine.Unreadable;
import dev.atmd.protocol.message.ClientMessage;
import dev.atmd.protocol.message.ClientMessage.LifecycleUpdate;
import dev.atmd.protocol.message.ClientMessage.StatusUpdate;
import dev.atmd.protocol.message.ClientMessage.Unacceptable;
import java.nio.charset.StandardCharsets;

/** Lines as clients write them, and what the reader makes of them. */
final class Lines {
  static final String VERSION = "\"protocol_version\":{\"major\":1,\"minor\":0}";

  private Lines() {}

  /** The line of a message, with apostrophes for quotation marks. */
  static String message(String fields) {
    return "{" + VERSION + "," + fields.replace('\'', '"') + "}";
  }

  static String report(String type, String data) {
    return message("'type':'" + type + "','data':" + data);
  }

  static ClientLine read(String line) {
    return read(line.getBytes(StandardCharsets.UTF_8));
  }

  static ClientLine read(byte[] line) {
    return ClientMessageReader.read(line, line.length);
  }

  static ClientMessage understood(String line) {
    var read = read(line);
    assertThat(read).as(line).isInstanceOf(Understood.class);
    return ((Understood) read).message();
  }

  static Unreadable unreadable(String line) {
    return unreadable(line.getBytes(StandardCharsets.UTF_8));
  }

  static Unreadable unreadable(byte[] line) {
    var read = read(line);
    assertThat(read).as(new String(line, StandardCharsets.UTF_8)).isInstanceOf(Unreadable.class);
    return (Unreadable) read;
  }

  static StatusReport status(String line) {
    var message = understood(line);
    assertThat(message).as(line).isInstanceOf(StatusUpdate.class);
    return ((StatusUpdate) message).report();
  }

  static LifecycleReport lifecycle(String line) {
    var message = understood(line);
    assertThat(message).as(line).isInstanceOf(LifecycleUpdate.class);
    var report = ((LifecycleUpdate) message).report();
    // Without the words of the harness, which only say again what was read.
    return new LifecycleReport(
        report.id(),
        report.pid(),
        report.harness(),
        report.pane(),
        report.agentId(),
        report.event());
  }

  /** What the sender of this payload is told. */
  static String complaint(String type, String data) {
    var line = report(type, data);
    var message = understood(line);
    assertThat(message).as(line).isInstanceOf(Unacceptable.class);
    return ((Unacceptable) message).message();
  }
}
