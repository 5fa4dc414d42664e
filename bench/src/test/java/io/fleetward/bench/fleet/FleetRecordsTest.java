package io.fleetward.bench.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.DecodeLimits;
import io.fleetward.protocol.metrics.RemoteWriteDecoder;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Decoded;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Version;
import io.fleetward.protocol.metrics.TimeSeries;
import io.fleetward.protocol.metrics.WriteRequest;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FleetRecordsTest {
  private static final long TIME = 1_790_000_012_345L;

  private final FleetRecords records = new FleetRecords(1);

  @Test
  void fillsInNameTimeAndValues() {
    byte[] body = records.record(417, 3, TIME);
    Decoded decoded = new RemoteWriteDecoder(DecodeLimits.DEFAULT).decode(body, Version.V2);
    assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
    if (decoded instanceof Decoded.Accepted(WriteRequest request)) {
      assertThat(request.series()).hasSize(FleetRecords.SERIES);
      for (int series = 0; series < FleetRecords.SERIES; series++) {
        TimeSeries one = request.series().get(series);
        assertThat(one.labels()).isEqualTo(records.labels(417, series));
        assertThat(one.labels().value(Labels.INSTANCE)).isEqualTo("host-000417.dc-1.example.net");
        assertThat(one.timeMillis(0)).isEqualTo(TIME);
        assertThat(one.value(0)).isEqualTo(records.value(417, series, 3));
      }
    }
  }

  @Test
  void makesEveryHundredthHostFaultyAtAnyTime() {
    long faulty = IntStream.range(0, 10_000).filter(host -> records.isFaulty(host, 60)).count();
    assertThat(faulty).isBetween(60L, 140L);
    assertThat(IntStream.range(0, 10_000).filter(records::isIll).count()).isBetween(150L, 250L);
  }
}
