package io.fleetward.service.scoring;

import io.fleetward.protocol.messages.Provenance;
import io.fleetward.protocol.signing.ScrapeKey;
import io.fleetward.protocol.topics.Headers;
import io.fleetward.service.enrolment.ScrapeKeys;
import io.fleetward.service.scoring.HostStore.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// Whether a host's evidence is its own: as long as rules can see one sample that came without a
/// valid seal, none of it is proven. Confined to the stream thread that owns the host.
final class HostSeal {
  private static final long NUMBER = 0;

  /// The store is told of records without a seal this often, not of each.
  private static final long TOLD_EVERY_MILLIS = 60_000;

  private final String instance;
  private final ScrapeKeys keys;
  private final HostStore store;
  private final Consumer<String> unsealed;
  private long newest;
  private long told;
  private String why = "";

  /// @param unsealed told why a record is not proven: `missing`, `not-enrolled` or `invalid`
  HostSeal(String instance, ScrapeKeys keys, HostStore store, Consumer<String> unsealed) {
    this.instance = instance;
    this.keys = keys;
    this.store = store;
    this.unsealed = unsealed;
    Optional<byte[]> stored = store.get(Kind.UNSEALED, NUMBER);
    told = stored.map(bytes -> ByteBuffer.wrap(bytes).getLong()).orElse(0L);
    newest = stored.isPresent() ? told + TOLD_EVERY_MILLIS : 0;
    why = "was not proven";
  }

  /// Takes a record into account.
  ///
  /// @param retention how long rules can see a sample
  Provenance with(Record<String, byte[]> record, Duration retention) {
    String problem = problemOf(record);
    if (!problem.isEmpty()) {
      unsealed.accept(problem);
      note(record.timestamp(), problem);
    }
    // a sample may lie ahead of the broker's time by as much
    long seenUntil = newest + retention.plus(ScoringRecord.MOST_AHEAD).toMillis();
    return newest == 0 || record.timestamp() > seenUntil
        ? Provenance.PROVEN
        : new Provenance(
            false,
            "what came as data of %s at %s %s, and rules can see it until %s"
                .formatted(
                    instance, Instant.ofEpochMilli(newest), why, Instant.ofEpochMilli(seenUntil)));
  }

  private void note(long at, String problem) {
    newest = Math.max(newest, at);
    why =
        switch (problem) {
          case "missing" -> "carried no seal";
          case "not-enrolled" -> "was sealed, but no key of the host is in force";
          default -> "carried a seal that is not the host's";
        };
    if (newest - told > TOLD_EVERY_MILLIS) {
      told = newest;
      store.put(Kind.UNSEALED, NUMBER, ByteBuffer.allocate(Long.BYTES).putLong(newest).array());
    }
  }

  /// Empty if the seal is valid.
  private String problemOf(Record<String, byte[]> record) {
    String seal = text(record.headers().lastHeader(Headers.SEAL));
    if (seal.isEmpty()) {
      return "missing";
    }
    Optional<ScrapeKey> key = keys.find(instance);
    if (key.isEmpty()) {
      return "not-enrolled";
    }
    String contentType = text(record.headers().lastHeader(Headers.CONTENT_TYPE));
    return key.get().verifies(seal, instance, contentType, record.value()) ? "" : "invalid";
  }

  private static String text(@Nullable Header header) {
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
