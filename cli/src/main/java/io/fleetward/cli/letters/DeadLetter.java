package io.fleetward.cli.letters;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fleetward.protocol.topics.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/// A record that scoring could not use.
///
/// @param at when it was set aside, by the broker's clock
/// @param instance the record's key; empty if it had none
/// @param origin where it came from, `topic-partition@offset`; empty if that was not written down
/// @param bytes how long it is
/// @param begin its first bytes, hexadecimal
@JsonPropertyOrder({"at", "instance", "reason", "origin", "bytes", "begin"})
record DeadLetter(
    Instant at, String instance, String reason, String origin, int bytes, String begin) {
  private static final int SHOWN_BYTES = 32;

  static DeadLetter of(ConsumerRecord<String, byte[]> record) {
    byte[] value = record.value() == null ? new byte[0] : record.value();
    return new DeadLetter(
        Instant.ofEpochMilli(record.timestamp()),
        record.key() == null ? "" : record.key(),
        header(record, Headers.REASON),
        header(record, Headers.ORIGIN),
        value.length,
        HexFormat.of().formatHex(value, 0, Math.min(SHOWN_BYTES, value.length)));
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
