package io.fleetward.service.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.compress.v3.snappy.SnappyJavaCompressor;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.labels.RelabelRule;
import io.fleetward.protocol.labels.RelabelRule.Action;
import io.fleetward.protocol.metrics.DecodeLimits;
import io.fleetward.protocol.metrics.RemoteWriteDecoder;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Decoded;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Version;
import io.fleetward.protocol.metrics.RemoteWriteEncoder;
import io.fleetward.protocol.metrics.Scrape;
import io.fleetward.protocol.metrics.SeriesLayout;
import io.fleetward.protocol.metrics.TimeSeries;
import io.fleetward.service.ingest.MetricsSink.Outgoing;
import io.fleetward.service.ingest.MetricsSink.SinkUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RemoteWriteReceiverTest {
  private static final String V2 = "application/x-protobuf;proto=io.prometheus.write.v2.Request";
  private static final IngestSettings SETTINGS =
      new IngestSettings(4_000_000, 8, 4, Optional.empty());

  private final List<Outgoing> stored = new ArrayList<>();
  private final RemoteWriteReceiver receiver =
      new RemoteWriteReceiver(SETTINGS, List.of(), stored::addAll);

  static byte[] snappy(byte[] plain) {
    SnappyJavaCompressor snappy = new SnappyJavaCompressor();
    byte[] compressed = new byte[snappy.maxCompressedLength(plain.length)];
    int length = snappy.compress(plain, 0, plain.length, compressed, 0, compressed.length);
    return Arrays.copyOf(compressed, length);
  }

  static byte[] request(long time, Labels... series) {
    double[] values = IntStream.range(0, series.length).mapToDouble(i -> i).toArray();
    return snappy(
        new RemoteWriteEncoder()
            .encode(new Scrape(new SeriesLayout(List.of(series)), time, values)));
  }

  private List<String> storedSeries() {
    RemoteWriteDecoder decoder = new RemoteWriteDecoder(DecodeLimits.DEFAULT);
    return stored.stream()
        .flatMap(record ->
            ((Decoded.Accepted) decoder.decode(record.body(), Version.V2))
                .request().series().stream().map(series -> record.instance() + ": " + text(series)))
        .toList();
  }

  private static String text(TimeSeries series) {
    return series.labels()
        + IntStream.range(0, series.size())
            .mapToObj(i -> " %s@%d".formatted(series.value(i), series.timeMillis(i)))
            .reduce("", String::concat);
  }

  @Test
  void eachHostGetsARecordOfItsOwn() {
    WriteOutcome outcome =
        receiver.receive(
            V2,
            "snappy",
            request(
                1000,
                Labels.of("__name__", "up", "instance", "a"),
                Labels.of("__name__", "up", "instance", "b"),
                Labels.of("__name__", "load", "instance", "a")));

    assertThat(outcome).isEqualTo(new WriteOutcome.Written(3));
    assertThat(storedSeries())
        .containsExactly(
            "a: up{instance=\"a\"} 0.0@1000",
            "a: load{instance=\"a\"} 2.0@1000",
            "b: up{instance=\"b\"} 1.0@1000");
    assertThat(stored).hasSize(2);
  }

  @Test
  void samplesOfSeveralTimesBecomeScrapesOldestFirst() {
    // prometheus.WriteRequest{ {instance="a"} 2@2000, 1@1000 }, written by hand after the format
    byte[] sample2 = bytes("12 0c 09 0000000000000040 10 d00f");
    byte[] sample1 = bytes("12 0c 09 000000000000f03f 10 e807");
    byte[] label = bytes("0a 0d 0a 08 696e7374616e6365 12 01 61");
    byte[] series = join(label, sample2, sample1);
    byte[] body = join(new byte[] {0x0a, (byte) series.length}, series);

    assertThat(receiver.receive("application/x-protobuf", "snappy", snappy(body)))
        .isEqualTo(new WriteOutcome.Written(2));
    assertThat(storedSeries())
        .containsExactly("a: {instance=\"a\"} 1.0@1000", "a: {instance=\"a\"} 2.0@2000");
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static byte[] join(byte[]... parts) {
    byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  @Test
  void whatHasNoInstanceIsNamedAndTheRestStored() {
    WriteOutcome outcome =
        receiver.receive(
            V2,
            "snappy",
            request(
                1000, Labels.of("__name__", "up", "instance", "a"), Labels.of("__name__", "lost")));

    assertThat(outcome)
        .isEqualTo(
            new WriteOutcome.PartlyWritten(
                1,
                "1 samples have no label \"instance\", the first of lost{}; set it in"
                    + " the sender, or with ingest.relabel"));
    assertThat(storedSeries()).containsExactly("a: up{instance=\"a\"} 0.0@1000");
  }

  @Test
  void relabellingCanMakeTheInstanceAndDropSeries() {
    RemoteWriteReceiver relabelling =
        new RemoteWriteReceiver(
            SETTINGS,
            List.of(
                new RelabelRule(
                    Action.REPLACE, List.of("host"), ";", "(.+)", "$1:9100", "instance", 0),
                new RelabelRule(Action.DROP, List.of("__name__"), ";", "noise.*", "", "", 0)),
            stored::addAll);

    WriteOutcome outcome =
        relabelling.receive(
            V2,
            "snappy",
            request(
                5,
                Labels.of("__name__", "cpu", "host", "web-1"),
                Labels.of("__name__", "noise_1", "host", "web-1")));

    assertThat(outcome).isEqualTo(new WriteOutcome.Written(2));
    assertThat(storedSeries())
        .containsExactly("web-1:9100: cpu{host=\"web-1\", instance=\"web-1:9100\"} 0.0@5");
  }

  @Test
  void largeScrapesAreSplitSoThatScoringReadsThem() {
    Labels[] many =
        IntStream.range(0, 4_000)
            .mapToObj(
                i -> Labels.of("__name__", "m" + i, "instance", "a", "filler", "x".repeat(200) + i))
            .toArray(Labels[]::new);

    assertThat(receiver.receive(V2, "snappy", request(1, many)))
        .isEqualTo(new WriteOutcome.Written(4_000));
    assertThat(stored).hasSizeGreaterThan(1).allMatch(record -> record.body().length <= 512 * 1024);
    assertThat(storedSeries()).hasSize(4_000);
  }

  @Test
  void whatIsNotKeptIsSaidToSendersOfVersion2() {
    // symbols "", "instance", "a"; {instance="a"} 1@1000 with an exemplar, and one with a histogram
    byte[] symbols = bytes("22 00 22 08 696e7374616e6365 22 01 61");
    byte[] sampled = bytes("2a 14 0a 02 01 02 12 0c 09 000000000000f03f 10 e807 22 00");
    byte[] histogram = bytes("2a 06 0a 02 01 02 1a 00");

    assertThat(receiver.receive(V2, "snappy", snappy(join(symbols, sampled, histogram))))
        .isEqualTo(
            new WriteOutcome.PartlyWritten(
                1,
                "1 samples are native histograms, which are not kept; set send_native_histograms:"
                    + " false in the sender; 1 exemplars are not kept; set send_exemplars: false in"
                    + " the sender"));
    assertThat(storedSeries()).containsExactly("a: {instance=\"a\"} 1.0@1000");
  }

  @Test
  void sendersOfVersion1AreNotBotheredWithWhatIsNotKept() {
    // prometheus.WriteRequest{ {instance="a"} 1@1000 with an exemplar and a histogram }
    byte[] label = bytes("0a 0d 0a 08 696e7374616e6365 12 01 61");
    byte[] rest = bytes("12 0c 09 000000000000f03f 10 e807 1a 00 22 00");
    byte[] body = join(bytes("0a 21"), label, rest);

    assertThat(receiver.receive("application/x-protobuf", "snappy", snappy(body)))
        .isEqualTo(new WriteOutcome.Written(1));
    assertThat(storedSeries()).containsExactly("a: {instance=\"a\"} 1.0@1000");
  }

  @Test
  void specialValuesKeepTheirBits() {
    double stale = Double.longBitsToDouble(0x7ff0000000000002L);
    double[] values = {stale, Double.NaN, Double.POSITIVE_INFINITY, -0.0};
    Labels[] series =
        IntStream.range(0, values.length)
            .mapToObj(i -> Labels.of("__name__", "m" + i, "instance", "a"))
            .toArray(Labels[]::new);
    byte[] plain =
        new RemoteWriteEncoder()
            .encode(new Scrape(new SeriesLayout(List.of(series)), 1000, values));

    assertThat(receiver.receive(V2, "snappy", snappy(plain)))
        .isEqualTo(new WriteOutcome.Written(4));
    Decoded decoded =
        new RemoteWriteDecoder(DecodeLimits.DEFAULT).decode(stored.getFirst().body(), Version.V2);
    assertThat(((Decoded.Accepted) decoded).request().series())
        .extracting(one -> Double.doubleToRawLongBits(one.value(0)))
        .containsExactly(
            Arrays.stream(values)
                .mapToLong(Double::doubleToRawLongBits)
                .boxed()
                .toArray(Long[]::new));
  }

  @Test
  void metadataAloneIsFine() {
    // prometheus.WriteRequest with one MetricMetadata
    byte[] body = bytes("1a 06 08 01 12 02 7570");

    assertThat(receiver.receive("application/x-protobuf", "snappy", snappy(body)))
        .isEqualTo(new WriteOutcome.Written(0));
    assertThat(stored).isEmpty();
  }

  @Test
  void whatCannotBeReadIsRefusedWithItsReason() {
    byte[] text = "hello".getBytes(StandardCharsets.UTF_8);

    assertThat(receiver.receive("text/plain", "snappy", text))
        .isInstanceOf(WriteOutcome.Unsupported.class);
    assertThat(receiver.receive(V2, "zstd", text)).isInstanceOf(WriteOutcome.Unsupported.class);
    assertThat(receiver.receive(V2, "snappy", text)).isInstanceOf(WriteOutcome.Invalid.class);
    assertThat(receiver.receive(V2, "snappy", new byte[0]))
        .isInstanceOf(WriteOutcome.Invalid.class);
    assertThat(receiver.receive(V2, "snappy", snappy(text)))
        .isInstanceOfSatisfying(
            WriteOutcome.Invalid.class,
            invalid -> assertThat(invalid.reason()).contains("after decompression"));
  }

  @Test
  void aBodyThatWouldGrowTooLargeIsNotDecompressed() {
    byte[] bomb = snappy(new byte[4_000_001]);

    assertThat(bomb).hasSizeLessThan(300_000);
    assertThat(receiver.receive(V2, "snappy", bomb))
        .isEqualTo(
            new WriteOutcome.TooLarge(
                "4000001 bytes after decompression; at most 4000000 are read, send fewer samples at"
                    + " once"));
  }

  @Test
  void aSenderIsToldToComeAgainWhenKafkaIsAway() {
    RemoteWriteReceiver without =
        new RemoteWriteReceiver(
            SETTINGS,
            List.of(),
            _ -> {
              throw new SinkUnavailableException("away", new IllegalStateException());
            });

    assertThat(without.receive(V2, "", request(1, Labels.of("instance", "a"))))
        .isInstanceOf(WriteOutcome.Unavailable.class);
  }
}
