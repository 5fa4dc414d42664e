package io.fleetward.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.compress.v3.snappy.SnappyJavaDecompressor;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.DecodeLimits;
import io.fleetward.protocol.metrics.RemoteWriteDecoder;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Decoded;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Version;
import io.fleetward.protocol.metrics.TimeSeries;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeExporterHostTest {
  private final NodeExporterHost host = new NodeExporterHost("web-1", 7, false);

  @Test
  void has293DifferentSeriesOfWhich8AreLong() {
    Set<Labels> series = new HashSet<>();
    int isLong = 0;
    for (int i = 0; i < NodeExporterHost.SERIES; i++) {
      series.add(host.labels(i));
      isLong += host.isLong(i) ? 1 : 0;
    }
    assertThat(series).hasSize(293).allMatch(labels -> labels.has(Labels.INSTANCE));
    assertThat(isLong).isEqualTo(8);
  }

  @Test
  void countersNeverFallAndValuesRepeat() {
    NodeExporterHost same = new NodeExporterHost("web-1", 7, false);
    for (int i = 0; i < NodeExporterHost.SERIES; i++) {
      boolean isCounter = host.labels(i).metricName().endsWith("_total");
      for (long step = 1; step < 50; step++) {
        assertThat(host.value(i, step)).isEqualTo(same.value(i, step));
        if (isCounter) {
          assertThat(host.value(i, step)).isGreaterThanOrEqualTo(host.value(i, step - 1));
        }
      }
    }
  }

  @Test
  void ourDecoderReadsWhatIsPostedToPrometheus() {
    RemoteWrite1Encoder encoder = new RemoteWrite1Encoder();
    encoder.add(RemoteWrite1Encoder.labels(host.labels(0)), 1_790_000_000_000L, 12.5);
    byte[] compressed = encoder.body();
    byte[] raw = new byte[1_000];
    int length =
        new SnappyJavaDecompressor()
            .decompress(compressed, 0, compressed.length, raw, 0, raw.length);

    Decoded decoded =
        new RemoteWriteDecoder(DecodeLimits.DEFAULT).decode(Arrays.copyOf(raw, length), Version.V1);

    assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
    assertThat(((Decoded.Accepted) decoded).request().series())
        .extracting(TimeSeries::labels)
        .isEqualTo(List.of(host.labels(0)));
  }
}
