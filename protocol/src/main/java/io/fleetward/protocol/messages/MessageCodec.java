package io.fleetward.protocol.messages;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/// Messages as UTF-8 JSON: times as ISO 8601, unknown fields ignored, missing ones refused. Thread
/// safe.
///
/// What is read is bounded: [#MAX_BYTES] in all, [#MAX_DEPTH] levels.
public final class MessageCodec {
  /// How long a message may be to be read.
  public static final int MAX_BYTES = 1 << 20;

  /// How deeply a message may be nested to be read.
  public static final int MAX_DEPTH = 32;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(MAX_BYTES)
                          .maxNameLength(1_024)
                          .maxNumberLength(100)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .addModule(new JavaTimeModule())
          .annotationIntrospector(new RequiredFields())
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          // a message is its record's components and nothing that is worked out from them
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .withCoercionConfig(
              LogicalType.Textual,
              config -> {
                config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                config.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                config.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
              })
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
    if (bytes.length > MAX_BYTES) {
      return malformed(
          type, "%d bytes are too many; the limit is %d".formatted(bytes.length, MAX_BYTES));
    }
    try {
      T message = MAPPER.readValue(bytes, type);
      return message == null
          ? new Decoded.Malformed<>("null is no " + type.getSimpleName())
          : new Decoded.Message<>(message);
    } catch (JsonMappingException e) {
      return malformed(type, reasonOf(e));
    } catch (JacksonException e) {
      return malformed(type, "no valid JSON: " + e.getOriginalMessage());
    } catch (IOException | RuntimeException e) {
      // Jackson lets some exceptions of times and numbers pass as they are
      return malformed(type, String.valueOf(e.getMessage()));
    }
  }

  private static <T> Decoded<T> malformed(Class<T> type, String reason) {
    return new Decoded.Malformed<>("no %s: %s".formatted(type.getSimpleName(), reason));
  }

  private static String reasonOf(JsonMappingException e) {
    String place =
        e.getPath().stream()
            .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
            .collect(Collectors.joining("."));
    String what =
        switch (e) {
          case InvalidNullException _ -> "is null";
          case ValueInstantiationException wrapped when wrapped.getCause() != null ->
              String.valueOf(wrapped.getCause().getMessage());
          default ->
              e.getOriginalMessage().startsWith("Missing required creator property")
                  ? "is missing"
                  : e.getOriginalMessage();
        };
    return place.isEmpty() ? what : "\"%s\" %s".formatted(place, what);
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
