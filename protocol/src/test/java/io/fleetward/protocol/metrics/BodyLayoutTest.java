package io.fleetward.protocol.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.fuzz.Damage;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Decoded;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Version;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is read by a layout is what the decoder reads. `-Dfleetward.seed=` repeats a run.
class BodyLayoutTest {
  private static final int ROUNDS = 6_000;

  private final RemoteWriteDecoder decoder = new RemoteWriteDecoder(DecodeLimits.DEFAULT);
  private final SampleTable samples = new SampleTable();

  @Test
  void readsScrapesOfChangingLayoutsAsTheDecoderDoes() {
    Damage damage = Damage.of(getClass());
    RandomScrapes scrapes = new RandomScrapes(damage.random());
    RemoteWriteEncoder encoder = new RemoteWriteEncoder();
    SeriesLayout series = scrapes.layout(6);
    Optional<BodyLayout> layout = Optional.empty();
    int read = 0;
    for (int round = 0; round < ROUNDS; round++) {
      series = damage.random().nextInt(5) == 0 ? scrapes.layout(6) : series;
      byte[] body = encoder.encode(scrapes.scrape(series));
      read += compare(layout, body, Version.V2, damage.seed());
      layout = learn(body, Version.V2);
    }
    assertThat(read).as("seed %d", damage.seed()).isGreaterThan(ROUNDS / 2);
  }

  @Test
  void readsDamagedBodiesAsTheDecoderDoesOrNotAtAll() {
    Damage damage = Damage.of(getClass());
    List<byte[]> valid = validBodies(new RandomScrapes(damage.random()));
    int read = 0;
    for (Version version : Version.values()) {
      for (byte[] model : valid) {
        Optional<BodyLayout> layout = learn(model, version);
        for (int round = 0; round < ROUNDS / valid.size(); round++) {
          byte[] body = damage.next(List.of(model));
          read += compare(layout, body, version, damage.seed());
          learn(body, version).ifPresent(other -> compare(Optional.of(other), model, version, 0));
        }
      }
    }
    assertThat(read).as("seed %d", damage.seed()).isGreaterThan(ROUNDS / 100);
  }

  @Test
  void learnsNothingFromABodyWithHistogramsOrMetadata() {
    assertThat(learn(Requests.rich1().toByteArray(), Version.V1)).isEmpty();
    assertThat(learn(Requests.rich2().toByteArray(), Version.V2)).isEmpty();
  }

  private static List<byte[]> validBodies(RandomScrapes scrapes) {
    List<byte[]> bodies = new ArrayList<>();
    bodies.add(Requests.rich1().toByteArray());
    bodies.add(Requests.rich2().toByteArray());
    bodies.add(Requests.plain1().toByteArray());
    for (int i = 0; i < 10; i++) {
      bodies.add(new RemoteWriteEncoder().encode(scrapes.scrape(scrapes.layout(6))));
    }
    return bodies;
  }

  private Optional<BodyLayout> learn(byte[] body, Version version) {
    return decoder.decode(body, version) instanceof Decoded.Accepted(var request)
        ? decoder.layout(body, version, request)
        : Optional.empty();
  }

  /// @return 1 if the layout read the body
  private int compare(Optional<BodyLayout> layout, byte[] body, Version version, long seed) {
    if (layout.isEmpty() || !layout.get().read(body, version, samples)) {
      return 0;
    }
    String input = "seed %d, %s: %s".formatted(seed, version, HexFormat.of().formatHex(body));
    Decoded decoded = decoder.decode(body, version);
    assertThat(decoded).as(input).isInstanceOf(Decoded.Accepted.class);
    if (decoded instanceof Decoded.Accepted(WriteRequest request)) {
      int at = 0;
      long newest = Long.MIN_VALUE;
      for (int series = 0; series < request.series().size(); series++) {
        TimeSeries one = request.series().get(series);
        for (int i = 0; i < one.size(); i++, at++) {
          assertThat(samples.series(at)).as(input).isEqualTo(series);
          assertThat(samples.timeMillis(at)).as(input).isEqualTo(one.timeMillis(i));
          assertThat(Double.doubleToRawLongBits(samples.value(at)))
              .as(input)
              .isEqualTo(Double.doubleToRawLongBits(one.value(i)));
          newest = Math.max(newest, one.timeMillis(i));
        }
      }
      assertThat(samples.size()).as(input).isEqualTo(at);
      assertThat(samples.newestMillis()).as(input).isEqualTo(newest);
    }
    return 1;
  }
}
