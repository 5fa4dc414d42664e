package io.fleetward.service.scoring;

import io.fleetward.protocol.metrics.RemoteWriteDecoder;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Decoded;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Version;
import io.fleetward.protocol.topics.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;

/// A record of the metrics topic, checked before it touches a host's state. What others can write
/// into the topic is not to be trusted.
sealed interface ScoringRecord {
  String TOO_LARGE = "too-large";

  /// A record is written on to the changelog and perhaps the dead letters, with some bytes more,
  /// where Kafka's limit is 1 MiB.
  int MOST_BYTES = 768 * 1024;

  /// How far a host's clock may be ahead of the broker's. A sample from further ahead would make
  /// the host blind until that time.
  Duration MOST_AHEAD = Duration.ofMinutes(1);

  /// @param isWhole whether it holds a whole scrape
  record Usable(String instance, Version version, boolean isWhole, Samples samples)
      implements ScoringRecord {}

  /// @param code one of few, for a metric
  /// @param reason for the dead letter
  record Unusable(String code, String reason) implements ScoringRecord {}

  /// Reads bodies in layouts that a host is known to send.
  interface KnownLayouts {
    /// Empty if the layout is not known.
    Optional<Samples> read(String instance, byte[] body, Version version);
  }

  static ScoringRecord read(
      Record<String, byte[]> record, RemoteWriteDecoder decoder, KnownLayouts layouts) {
    String instance = record.key();
    byte[] body = record.value();
    if (instance == null || instance.isEmpty()) {
      return new Unusable("no-key", "the record has no key; the key must be the instance");
    }
    if (body != null && body.length > MOST_BYTES) {
      return new Unusable(
          TOO_LARGE, "%d bytes; at most %d are read".formatted(body.length, MOST_BYTES));
    }
    Optional<Version> version = versionOf(record);
    if (body == null || version.isEmpty()) {
      return new Unusable(
          "content-type", "the header content-type names no remote-write message, or no body");
    }
    boolean isWhole = record.headers().lastHeader(Headers.COMPLETE) != null;
    if (isWhole) {
      Optional<Samples> known = layouts.read(instance, body, version.get());
      if (known.isPresent()) {
        return usable(instance, version.get(), true, known.get(), record.timestamp());
      }
    }
    return switch (decoder.decode(body, version.get())) {
      case Decoded.Rejected(String reason, int offset) ->
          new Unusable("undecodable", "%s (at byte %d)".formatted(reason, offset));
      case Decoded.Accepted(var request) ->
          usable(
              instance, version.get(), isWhole, new Samples.Labelled(request), record.timestamp());
    };
  }

  private static ScoringRecord usable(
      String instance, Version version, boolean isWhole, Samples samples, long appendedAt) {
    long aheadMillis = samples.size() == 0 ? 0 : samples.newestMillis() - appendedAt;
    return aheadMillis > MOST_AHEAD.toMillis()
        ? new Unusable(
            "clock-ahead",
            "holds samples from %d ms ahead of the broker's clock; set the host's clock"
                .formatted(aheadMillis))
        : new Usable(instance, version, isWhole, samples);
  }

  private static Optional<Version> versionOf(Record<String, byte[]> record) {
    Header header = record.headers().lastHeader(Headers.CONTENT_TYPE);
    return header == null || header.value() == null
        ? Optional.empty()
        : Version.of(new String(header.value(), StandardCharsets.UTF_8));
  }
}
