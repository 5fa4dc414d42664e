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
  private static final long MINUTE = 60_000;

  private final String instance;
  private final ScrapeKeys keys;
  private final HostStore store;
  private final Consumer<String> unsealed;

  /// The end of the minute in which the newest record came that was not sealed, so that the store
  /// is told of each minute and not of each record; 0 if there was none.
  private long newest;

  private String problem = "";

  /// @param unsealed told why a record is not proven: `missing`, `not-enrolled` or `invalid`
  HostSeal(String instance, ScrapeKeys keys, HostStore store, Consumer<String> unsealed) {
    this.instance = instance;
    this.keys = keys;
    this.store = store;
    this.unsealed = unsealed;
    store
        .get(Kind.UNSEALED, NUMBER)
        .map(ByteBuffer::wrap)
        .ifPresent(stored -> {
          newest = stored.getLong();
          problem = StandardCharsets.UTF_8.decode(stored).toString();
        });
  }

  /// Takes a record into account.
  ///
  /// @param retention how long rules can see a sample
  Provenance with(Record<String, byte[]> record, Duration retention) {
    String found = problemOf(record);
    if (!found.isEmpty()) {
      unsealed.accept(found);
      note(Math.ceilDiv(record.timestamp(), MINUTE) * MINUTE, found);
    }
    // a sample may lie ahead of the broker's time by as much
    long seenUntil = newest + retention.plus(ScoringRecord.MOST_AHEAD).toMillis();
    return newest == 0 || record.timestamp() > seenUntil
        ? Provenance.PROVEN
        : new Provenance(false, detail(seenUntil));
  }

  private String detail(long seenUntil) {
    String what =
        switch (problem) {
          case "missing" -> "carried no seal";
          case "not-enrolled" -> "was sealed, but no key of the host is in force";
          default -> "carried a seal that is not the host's";
        };
    return "what came as data of %s by %s %s, and rules can see it until %s"
        .formatted(instance, Instant.ofEpochMilli(newest), what, Instant.ofEpochMilli(seenUntil));
  }

  private void note(long minute, String found) {
    if (minute > newest || (minute == newest && !found.equals(problem))) {
      newest = minute;
      problem = found;
      byte[] word = found.getBytes(StandardCharsets.UTF_8);
      store.put(
          Kind.UNSEALED,
          NUMBER,
          ByteBuffer.allocate(Long.BYTES + word.length).putLong(newest).put(word).array());
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
