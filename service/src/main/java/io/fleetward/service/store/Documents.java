package io.fleetward.service.store;

import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded;
import java.nio.charset.StandardCharsets;

/// JSON documents in columns.
final class Documents {
  private Documents() {}

  static String write(Object value) {
    return MessageCodec.text(value);
  }

  /// @throws IllegalStateException if the row does not hold what was written there
  static <T> T read(String document, Class<T> type) {
    return switch (MessageCodec.decode(document.getBytes(StandardCharsets.UTF_8), type)) {
      case Decoded.Message(T value) -> value;
      case Decoded.Malformed(String reason) ->
          throw new IllegalStateException("a row of the database is damaged: " + reason);
    };
  }
}
