package dev.atmd.protocol.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.atmd.core.session.Harness;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.Status;
import dev.atmd.protocol.message.Detail;
import dev.atmd.protocol.message.HistoryQuestion;
import dev.atmd.protocol.message.HistoryQuestion.Cost;
import dev.atmd.protocol.message.HistoryQuestion.Ended;
import dev.atmd.protocol.message.HistoryQuestion.Entries;
import dev.atmd.protocol.message.HistoryQuestion.Moment;
import dev.atmd.protocol.message.HistoryQuestion.Waits;
import dev.atmd.protocol.message.ProtocolVersion;
import dev.atmd.protocol.message.SubscribeRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes what a client says, one line each with its line end. Stateless and thread-safe. */
public final class ClientMessageWriter {
  private final ProtocolVersion version;

  /** Every line will claim this version. */
  public ClientMessageWriter(ProtocolVersion version) {
    this.version = version;
  }

  public byte[] connect(@Nullable String clientId) {
    return line(
        "connect",
        json -> {
          if (clientId != null) {
            json.writeStringField("client_id", clientId);
          }
        });
  }

  public byte[] listSessions() {
    return line("list_sessions", _ -> {});
  }

  public byte[] subscribe(SubscribeRequest request) {
    var filter = request.filter();
    return line(
        "subscribe",
        json -> {
          writeList(json, "session_ids", filter.ids().stream().map(SessionId::value));
          writeList(json, "harness", filter.harnesses().stream().map(Harness::tag));
          writeList(json, "status", filter.statuses().stream().map(Status::tag));
          if (filter.project() != null) {
            json.writeStringField("project", filter.project());
          }
          if (request.detail() != Detail.FULL) {
            json.writeStringField("detail", request.detail().tag());
          }
          if (!request.interval().isZero()) {
            json.writeNumberField("interval_ms", request.interval().toMillis());
          }
          if (request.since() != null) {
            json.writeObjectFieldStart("since");
            json.writeStringField("epoch", request.since().epoch());
            json.writeNumberField("seq", request.since().seq());
            json.writeEndObject();
          }
        });
  }

  public byte[] explain(SessionId id) {
    return line("explain", json -> json.writeStringField("session_id", id.value()));
  }

  public byte[] history(HistoryQuestion question) {
    return switch (question) {
      case Entries(var session, var project, var from, var to, var grep, var before, var limit) ->
          line(
              "history",
              json -> {
                writeIfPresent(json, "session", session);
                writeIfPresent(json, "project", project);
                writeIfPresent(json, "from", from);
                writeIfPresent(json, "to", to);
                writeIfPresent(json, "grep", grep);
                if (before != null) {
                  json.writeNumberField("before", before);
                }
                json.writeNumberField("limit", limit);
              });
      case Cost(var by, var from, var to) ->
          line(
              "cost",
              json -> {
                json.writeStringField("by", by.name().toLowerCase(Locale.ROOT));
                writeIfPresent(json, "from", from);
                writeIfPresent(json, "to", to);
              });
      case Waits(var from) -> line("waits", json -> writeIfPresent(json, "from", from));
      case Moment(var at) -> line("moment", json -> writeIfPresent(json, "at", at));
      case Ended(var from, var limit) ->
          line(
              "ended",
              json -> {
                writeIfPresent(json, "from", from);
                json.writeNumberField("limit", limit);
              });
    };
  }

  public byte[] unsubscribe() {
    return line("unsubscribe", _ -> {});
  }

  /** {@code seq} is unsigned. */
  public byte[] ping(long seq) {
    return line(
        "ping",
        json -> {
          json.writeFieldName("seq");
          json.writeNumber(new BigInteger(Long.toUnsignedString(seq)));
        });
  }

  public byte[] discover() {
    return line("discover", _ -> {});
  }

  public byte[] metrics() {
    return line("metrics", _ -> {});
  }

  public byte[] notices() {
    return line("notices", _ -> {});
  }

  public byte[] testNotices() {
    return line("notify_test", _ -> {});
  }

  /** Where the dashboard is. */
  public byte[] web() {
    return line("web", _ -> {});
  }

  public byte[] disconnect() {
    return line("disconnect", _ -> {});
  }

  /**
   * A report: {@code type} is "status_update", "hook_event" or "pi_event", {@code data} is JSON.
   */
  public byte[] report(String type, String data) {
    return line(
        type,
        json -> {
          json.writeFieldName("data");
          json.writeRawValue(data);
        });
  }

  private byte[] line(String type, Body body) {
    var out = new ByteArrayOutputStream(256);
    try (var json = Json.FACTORY.createGenerator(out)) {
      json.writeStartObject();
      json.writeObjectFieldStart("protocol_version");
      json.writeNumberField("major", version.major());
      json.writeNumberField("minor", version.minor());
      json.writeEndObject();
      json.writeStringField("type", type);
      body.write(json);
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new AssertionError("a byte array cannot fail to be written", e);
    }
    return out.toByteArray();
  }

  private static void writeIfPresent(JsonGenerator json, String field, @Nullable Object value)
      throws IOException {
    if (value != null) {
      json.writeStringField(field, value.toString());
    }
  }

  private static void writeList(JsonGenerator json, String field, Stream<String> values)
      throws IOException {
    var list = values.sorted().toList();
    if (!list.isEmpty()) {
      json.writeArrayFieldStart(field);
      for (var value : list) {
        json.writeString(value);
      }
      json.writeEndArray();
    }
  }

  @FunctionalInterface
  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }
}
