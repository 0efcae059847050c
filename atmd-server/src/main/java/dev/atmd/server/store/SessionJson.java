package dev.atmd.server.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.atmd.core.registry.KeptSession;
import dev.atmd.core.session.Money;
import dev.atmd.core.session.Pid;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.SessionState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/**
 * A session as one JSON text, which a later version must be able to read: the names are those of
 * the records, and {@code SessionJsonTest} holds a text of each version. Thread-safe.
 */
final class SessionJson {
  private final ObjectWriter writer;
  private final ObjectReader reader;

  /**
   * @param redaction what becomes of each text that is written
   */
  SessionJson(UnaryOperator<String> redaction) {
    var module = new SimpleModule();
    text(module, Instant.class, Instant::toString, Instant::parse);
    text(module, Duration.class, Duration::toString, Duration::parse);
    text(module, SessionId.class, SessionId::value, SessionId::of);
    text(module, String.class, redaction, Function.identity());
    number(module, Pid.class, Pid::value, Pid::new);
    number(module, Money.class, Money::micros, Money::new);
    var mapper =
        JsonMapper.builder()
            .addModule(module)
            .addMixIn(SessionState.class, Tagged.class)
            .addMixIn(SessionState.Idle.class, Idle.class)
            .addMixIn(SessionState.Working.class, Working.class)
            .addMixIn(SessionState.AttentionNeeded.class, AttentionNeeded.class)
            .registerSubtypes(
                SessionState.Idle.class,
                SessionState.Working.class,
                SessionState.AttentionNeeded.class)
            .defaultPropertyInclusion(
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    writer = mapper.writerFor(KeptSession.class);
    reader = mapper.readerFor(KeptSession.class);
  }

  String write(KeptSession session) throws JsonProcessingException {
    return writer.writeValueAsString(session);
  }

  KeptSession read(String json) throws JsonProcessingException {
    return reader.readValue(json);
  }

  private static <T> void text(
      SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
    module.addSerializer(type, new Writing<>((value, out) -> out.writeString(write.apply(value))));
    module.addDeserializer(type, new Reading<>(in -> read.apply(in.getText())));
  }

  private static <T> void number(
      SimpleModule module, Class<T> type, ToLongFunction<T> write, LongFunction<T> read) {
    module.addSerializer(
        type, new Writing<>((value, out) -> out.writeNumber(write.applyAsLong(value))));
    module.addDeserializer(type, new Reading<>(in -> read.apply(in.getLongValue())));
  }

  @FunctionalInterface
  private interface Write<T> {
    void write(T value, JsonGenerator out) throws IOException;
  }

  @FunctionalInterface
  private interface Read<T> {
    T read(JsonParser in) throws IOException;
  }

  private static final class Writing<T> extends JsonSerializer<T> {
    private final Write<T> write;

    Writing(Write<T> write) {
      this.write = write;
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializerProvider serializers)
        throws IOException {
      write.write(value, out);
    }
  }

  private static final class Reading<T> extends JsonDeserializer<T> {
    private final Read<T> read;

    Reading(Read<T> read) {
      this.read = read;
    }

    @Override
    public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return read.read(in);
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "status")
  private interface Tagged {}

  @JsonTypeName("idle")
  private interface Idle {}

  @JsonTypeName("working")
  private interface Working {}

  @JsonTypeName("attention_needed")
  private interface AttentionNeeded {}
}
