package io.fleetward.protocol.messages;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Messages as UTF-8 JSON: times as ISO 8601, unknown fields ignored, missing ones refused. Thread
/// safe.
public final class MessageCodec {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private MessageCodec() {}

  /// Writes a message. The same message gives the same bytes.
  public static byte[] encode(Object message) {
    try {
      return MAPPER.writeValueAsBytes(message);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no message: " + message.getClass().getName(), e);
    }
  }

  /// Reads a message.
  public static <T> Decoded<T> decode(byte[] bytes, Class<T> type) {
    try {
      T message = MAPPER.readValue(bytes, type);
      return message == null
          ? new Decoded.Malformed<>("null is no " + type.getSimpleName())
          : new Decoded.Message<>(message);
    } catch (JacksonException e) {
      return new Decoded.Malformed<>(
          "no %s: %s".formatted(type.getSimpleName(), e.getOriginalMessage()));
    } catch (IOException | NullPointerException e) {
      // a record's constructor met a field that was not there
      return new Decoded.Malformed<>("no %s: %s".formatted(type.getSimpleName(), e.getMessage()));
    }
  }

  /// A message as text, for people.
  public static String text(Object message) {
    return new String(encode(message), StandardCharsets.UTF_8);
  }

  /// What came of reading a message.
  public sealed interface Decoded<T> {
    record Message<T>(T message) implements Decoded<T> {}

    /// @param reason what is wrong, for a log or a dead letter
    record Malformed<T>(String reason) implements Decoded<T> {}
  }
}
