package io.fleetward.service.scoring;

import io.fleetward.protocol.topics.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/// A record that cannot be used, with the reason and where it lay.
final class DeadLetter {
  private DeadLetter() {}

  static Record<String, byte[]> of(
      Record<String, byte[]> record, String code, String reason, Optional<RecordMetadata> origin) {
    // A letter has to fit where the record did, so one that is too large goes without its value.
    Record<String, byte[]> letter =
        code.equals(ScoringRecord.TOO_LARGE)
            ? record.withValue(new byte[0])
            : record.withHeaders(record.headers());
    letter.headers().add(Headers.REASON, reason.getBytes(StandardCharsets.UTF_8));
    origin
        .map(place -> "%s-%d@%d".formatted(place.topic(), place.partition(), place.offset()))
        .ifPresent(
            place -> letter.headers().add(Headers.ORIGIN, place.getBytes(StandardCharsets.UTF_8)));
    return letter;
  }
}
