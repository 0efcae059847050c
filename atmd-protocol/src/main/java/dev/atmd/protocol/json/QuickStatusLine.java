package dev.atmd.protocol.json;

import dev.atmd.core.registry.Delivery;
import dev.atmd.protocol.adapter.Adapters;
import dev.atmd.protocol.adapter.Payload;
import dev.atmd.protocol.message.ClientLine.Understood;
import dev.atmd.protocol.message.ClientMessage.StatusUpdate;
import dev.atmd.protocol.message.ProtocolVersion;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The quick way in for the line that comes most often (docs/decisions/0014):
 *
 * <pre>
 * {"protocol_version":{"major":1,"minor":0},"type":"status_update","data":{"session_id":"5b1c…",…}}
 * </pre>
 *
 * It understands a line as a whole, and then as the slow way would, or leaves it alone.
 */
final class QuickStatusLine {
  private static final String TYPE = "status_update";
  private static final long UNREAD = -1;

  private final QuickReader in;
  private @Nullable ProtocolVersion version;
  private boolean isStatusUpdate;
  private @Nullable Payload payload;

  private QuickStatusLine(QuickReader in) {
    this.in = in;
  }

  /** The message of the line; null if it has to be read in the slow way, whatever it is. */
  static @Nullable Understood read(byte[] line, int length) {
    try {
      return new QuickStatusLine(new QuickReader(line, length)).readAll();
    } catch (IOException e) {
      throw new AssertionError("a byte array cannot fail to be read", e);
    }
  }

  private @Nullable Understood readAll() throws IOException {
    for (var name = in.nextField(); name != null; name = in.nextField()) {
      if (!readOnce(name)) {
        return null;
      }
    }
    return in.hasReadAll()
            && isStatusUpdate
            && version != null
            && payload instanceof Payload.Status(var report)
        ? new Understood(version, new StatusUpdate(report, Delivery.PLAIN))
        : null;
  }

  /** Whether the field belongs to a plain status line, and for the first time. */
  private boolean readOnce(String name) throws IOException {
    return switch (name) {
      case "protocol_version" -> version == null && readVersion();
      case "type" -> !isStatusUpdate && readType();
      case "data" -> payload == null && readData();
      default -> false;
    };
  }

  private boolean readType() {
    isStatusUpdate = in.isString() && TYPE.equals(in.name());
    return isStatusUpdate;
  }

  private boolean readData() throws IOException {
    payload = Adapters.statusLine(in);
    return true;
  }

  private boolean readVersion() {
    var major = UNREAD;
    var minor = UNREAD;
    for (var name = in.nextField(); name != null; name = in.nextField()) {
      if (name.equals("major") && major == UNREAD) {
        major = in.count();
      } else if (name.equals("minor") && minor == UNREAD) {
        minor = in.count();
      } else {
        return false;
      }
    }
    if (!isU16(major) || !isU16(minor)) {
      return false;
    }
    version = new ProtocolVersion((int) major, (int) minor);
    return true;
  }

  private static boolean isU16(long number) {
    return number >= 0 && number <= 0xFFFF;
  }
}
