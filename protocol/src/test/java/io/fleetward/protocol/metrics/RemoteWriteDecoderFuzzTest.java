package io.fleetward.protocol.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.management.ThreadMXBean;
import io.fleetward.protocol.fuzz.Damage;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Decoded;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Version;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Throws damaged and random bodies at the decoder. `-Dfleetward.seed=` repeats a run.
class RemoteWriteDecoderFuzzTest {
  private static final int ROUNDS = 30_000;

  /// What one byte of body may cost: a one-byte reference to a symbol costs a place in an array,
  /// and the smallest series of 8 bytes costs some objects.
  private static final int ALLOCATED_PER_BYTE = 64;

  private static final int ALLOCATED_AT_ALL = 8_192;

  private final RemoteWriteDecoder decoder = new RemoteWriteDecoder(DecodeLimits.DEFAULT);
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void neverThrowsNorAllocatesBeyondWhatTheBodyHolds() {
    Damage damage = Damage.of(getClass());
    long seed = damage.seed();
    List<byte[]> valid = validBodies(new RandomScrapes(damage.random()));
    int accepted = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] body = damage.next(valid);
      for (Version version : Version.values()) {
        accepted += decode(body, version, seed);
      }
    }
    // else the bodies are too broken to reach the deeper parts
    assertThat(accepted).as("seed %d", seed).isBetween(ROUNDS / 50, 2 * ROUNDS);
  }

  @Test
  void readsWhatGeneratedClassesReadFromADamagedBody() {
    Damage damage = Damage.of(getClass());
    List<byte[]> valid = validBodies(new RandomScrapes(damage.random()));
    int compared = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] body = damage.next(valid);
      for (Version version : Version.values()) {
        if (decoder.decode(body, version) instanceof Decoded.Accepted(WriteRequest request)) {
          String input =
              "seed %d, %s: %s".formatted(damage.seed(), version, HexFormat.of().formatHex(body));
          compared += compare(request, body, version, input);
        }
      }
    }
    assertThat(compared).as("seed %d", damage.seed()).isGreaterThan(ROUNDS / 50);
  }

  private static int compare(WriteRequest request, byte[] body, Version version, String input) {
    try {
      assertThat(request.series().stream().map(GeneratedReading::describe).toList())
          .as(input)
          .isEqualTo(
              switch (version) {
                case V1 -> GeneratedReading.ofVersion1(body);
                case V2 -> GeneratedReading.ofVersion2(body);
              });
      return 1;
    } catch (InvalidProtocolBufferException _) {
      // they also read what the decoder passes over, such as unused symbols and exemplars
      return 0;
    }
  }

  private int decode(byte[] body, Version version, long seed) {
    String input = "seed %d, %s: %s".formatted(seed, version, HexFormat.of().formatHex(body));
    Decoded decoded = decodeOrFail(body, version, input);
    long allowed = ALLOCATED_AT_ALL + (long) ALLOCATED_PER_BYTE * body.length;
    long allocated = allocatedBy(body, version);
    if (allocated > allowed) {
      // the first visit to some code loads classes
      allocated = allocatedBy(body, version);
    }
    assertThat(allocated).as(input).isLessThanOrEqualTo(allowed);
    return switch (decoded) {
      case Decoded.Accepted _ -> 1;
      case Decoded.Rejected(String reason, int offset) -> {
        assertThat(reason).as(input).isNotEmpty();
        assertThat(offset).as(input).isBetween(0, body.length);
        yield 0;
      }
    };
  }

  private long allocatedBy(byte[] body, Version version) {
    long before = threads.getCurrentThreadAllocatedBytes();
    Decoded decoded = decoder.decode(body, version);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(decoded).isNotNull();
    return allocated;
  }

  private Decoded decodeOrFail(byte[] body, Version version, String input) {
    try {
      return decoder.decode(body, version);
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(input, e);
    }
  }

  private static List<byte[]> validBodies(RandomScrapes scrapes) {
    List<byte[]> bodies = new ArrayList<>();
    bodies.add(Requests.rich1().toByteArray());
    bodies.add(Requests.rich2().toByteArray());
    for (int i = 0; i < 20; i++) {
      bodies.add(new RemoteWriteEncoder().encode(scrapes.scrape(scrapes.layout(6))));
    }
    return bodies;
  }
}
