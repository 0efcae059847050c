package dev.atmd.server.notify;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.io.StringWriter;

/** A notice as one JSON object. */
final class NoticeJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private NoticeJson() {}

  static String of(Notice notice) throws IOException {
    var text = new StringWriter();
    try (var json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("kind", notice.kind().word());
      json.writeStringField("session", notice.session().value());
      json.writeStringField("harness", notice.harness());
      json.writeStringField("project", notice.project());
      json.writeStringField("title", notice.title());
      json.writeStringField("text", notice.text());
      json.writeStringField("at", notice.at().toString());
      json.writeBooleanField("repeated", notice.repeated());
      json.writeEndObject();
    }
    return text.toString();
  }

  /** An object with this one text. */
  static String of(String name, String value) throws IOException {
    var text = new StringWriter();
    try (var json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField(name, value);
      json.writeEndObject();
    }
    return text.toString();
  }
}
