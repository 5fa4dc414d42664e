package io.fleetward.protocol.metrics;

import static io.fleetward.protocol.metrics.Requests.request;
import static io.fleetward.protocol.metrics.Requests.request1;
import static io.fleetward.protocol.metrics.Requests.sample;
import static io.fleetward.protocol.metrics.Requests.sample1;
import static io.fleetward.protocol.metrics.Requests.series;
import static io.fleetward.protocol.metrics.Requests.series1;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import com.google.protobuf.UnknownFieldSet;
import io.fleetward.protocol.fuzz.Damage;
import io.fleetward.protocol.generated.RemoteWrite2;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Decoded;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Version;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteWriteDecoderTest {
  private static final DecodeLimits SMALL = new DecodeLimits(2, 3, 6, 2, 10, 10);

  private final RemoteWriteDecoder decoder = new RemoteWriteDecoder(DecodeLimits.DEFAULT);

  private WriteRequest accepted(byte[] body, Version version) {
    return switch (decoder.decode(body, version)) {
      case Decoded.Accepted(WriteRequest request) -> request;
      case Decoded.Rejected(String reason, int offset) ->
          throw new AssertionError("rejected at %d: %s".formatted(offset, reason));
    };
  }

  private String rejected2(RemoteWrite2.TimeSeries.Builder... series) {
    return rejection(decoder, request(series), Version.V2);
  }

  private static String rejection(
      RemoteWriteDecoder decoder, MessageLite message, Version version) {
    return rejection(decoder, message.toByteArray(), version);
  }

  private static String rejection(RemoteWriteDecoder decoder, byte[] body, Version version) {
    return switch (decoder.decode(body, version)) {
      case Decoded.Accepted accepted -> throw new AssertionError("accepted: " + accepted);
      case Decoded.Rejected(String reason, int offset) -> {
        assertThat(offset).isBetween(0, body.length);
        yield reason;
      }
    };
  }

  @Test
  void readsWhatTheEncoderWrites() {
    Damage damage = Damage.of(getClass());
    long seed = damage.seed();
    RandomScrapes scrapes = new RandomScrapes(damage.random());
    RemoteWriteEncoder encoder = new RemoteWriteEncoder();
    for (int round = 0; round < 300; round++) {
      Scrape scrape = scrapes.scrape(scrapes.layout(30));
      List<TimeSeries> read = accepted(encoder.encode(scrape), Version.V2).series();

      assertThat(read).as("seed %d", seed).hasSize(scrape.size());
      for (int i = 0; i < read.size(); i++) {
        TimeSeries series = read.get(i);
        assertThat(series.labels()).as("seed %d", seed).isEqualTo(scrape.layout().series().get(i));
        assertThat(series.size()).isEqualTo(1);
        assertThat(series.timeMillis(0)).as("seed %d", seed).isEqualTo(scrape.timeMillis());
        assertThat(Double.doubleToRawLongBits(series.value(0)))
            .as("seed %d", seed)
            .isEqualTo(Double.doubleToRawLongBits(scrape.value(i)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"V1", "V2"})
  void readsSamplesAndPassesOverTheRest(Version version) {
    MessageLite message = version == Version.V1 ? Requests.rich1() : Requests.rich2();
    WriteRequest request = accepted(message.toByteArray(), version);

    assertThat(request.histogramsSkipped()).isEqualTo(1);
    assertThat(request.samples()).isEqualTo(2);
    TimeSeries series = request.series().getFirst();
    assertThat(request.series()).hasSize(1);
    assertThat(series.labels()).isEqualTo(Labels.of("__name__", "up", "instance", "web-1"));
    assertThat(series.timeMillis(1)).isEqualTo(1_790_000_010_000L);
    assertThat(series.value(0)).isEqualTo(1.5);
    assertThat(series.value(1)).isEqualTo(-2);
  }

  @Test
  void readsSymbolsThatComeAfterTheSeries() {
    RemoteWrite2.Request whole = request(series(1, 2).addSamples(sample(1, 2)));
    byte[] body =
        ByteString.copyFrom(whole.toBuilder().clearSymbols().build().toByteArray())
            .concat(ByteString.copyFrom(whole.toBuilder().clearTimeseries().build().toByteArray()))
            .toByteArray();

    assertThat(accepted(body, Version.V2).series().getFirst().labels().metricName())
        .isEqualTo("up");
  }

  @Test
  void readsReferencesThatAreNotPacked() {
    // symbols "", "a", "b"; series { 1: 1, 1: 2, samples { value 0 } }
    byte[] body = HexFormat.of().parseHex("2200" + "220161" + "220162" + "2a06080108021200");

    assertThat(accepted(body, Version.V2).series().getFirst().labels())
        .isEqualTo(Labels.of("a", "b"));
  }

  @Test
  void passesOverFieldsOfTheFuture() {
    UnknownFieldSet future =
        UnknownFieldSet.newBuilder()
            .addField(
                90,
                UnknownFieldSet.Field.newBuilder()
                    .addVarint(7)
                    .addFixed32(1)
                    .addFixed64(2)
                    .addLengthDelimited(ByteString.copyFromUtf8("text"))
                    .build())
            .build();
    byte[] body =
        request(
                series(1, 2)
                    .addSamples(sample(1, 2).toBuilder().setUnknownFields(future))
                    .setUnknownFields(future))
            .toBuilder()
            .setUnknownFields(future)
            .build()
            .toByteArray();

    assertThat(accepted(body, Version.V2).samples()).isEqualTo(1);
  }

  @Test
  void acceptsASeriesWithoutAMetricName() {
    byte[] body = request(series(3, 4).addSamples(sample(1, 2))).toByteArray();

    assertThat(accepted(body, Version.V2).series()).hasSize(1);
  }

  @Test
  void rejectsWhatRemoteWrite2Forbids() {
    assertThat(rejected2(series(1, 9).addSamples(sample(1, 2))))
        .isEqualTo("a label refers to symbol 9 of 5");
    assertThat(rejected2(series(1, -1).addSamples(sample(1, 2))))
        .isEqualTo("a label refers to symbol 4294967295 of 5");
    assertThat(rejected2(series(1, 2, 3).addSamples(sample(1, 2))))
        .isEqualTo("a series has an odd number of label references");
    assertThat(rejected2(series(3, 4, 1, 2).addSamples(sample(1, 2))))
        .isEqualTo("label \"__name__\" comes after \"instance\"; labels must be sorted by name");
    assertThat(rejected2(series(1, 2, 1, 4).addSamples(sample(1, 2))))
        .isEqualTo("label \"__name__\" comes twice");
    assertThat(rejected2(series(1, 0).addSamples(sample(1, 2))))
        .isEqualTo("label \"__name__\" has no value");
    assertThat(rejected2(series(0, 1).addSamples(sample(1, 2)))).isEqualTo("a label has no name");
    assertThat(rejected2(series().addSamples(sample(1, 2)))).isEqualTo("a series has no labels");
    assertThat(rejected2(series(1, 2))).isEqualTo("a series has neither samples nor histograms");
    assertThat(
            rejected2(
                series(1, 2)
                    .addSamples(sample(1, 2))
                    .addHistograms(RemoteWrite2.Histogram.newBuilder())))
        .isEqualTo("a series has both samples and histograms");
    assertThat(rejection(decoder, request(List.of("x")), Version.V2))
        .isEqualTo("the first symbol is not empty");
  }

  @Test
  void tellsAOnePointZeroBodyFromATwoPointZeroOne() {
    assertThat(rejection(decoder, Requests.rich1(), Version.V2))
        .isEqualTo("no symbols; is this remote-write 1.0?");
  }

  @Test
  void bringsLabelsOfOnePointZeroIntoOrder() {
    byte[] body =
        request1(
                series1("instance", "web-1", "empty", "", "__name__", "up")
                    .addSamples(sample1(1, 2)),
                series1("__name__", "without_samples"))
            .toByteArray();

    assertThat(accepted(body, Version.V1).series())
        .singleElement()
        .satisfies(series ->
            assertThat(series.labels())
                .isEqualTo(Labels.of("__name__", "up", "instance", "web-1")));
  }

  @Test
  void rejectsBadLabelsOfOnePointZero() {
    assertThat(
            rejection(
                decoder,
                request1(series1("a", "1", "a", "2").addSamples(sample1(1, 2))),
                Version.V1))
        .isEqualTo("label \"a\" comes twice");
    assertThat(rejection(decoder, request1(series1("", "1").addSamples(sample1(1, 2))), Version.V1))
        .isEqualTo("a label has no name");
    assertThat(rejection(decoder, request1(series1().addSamples(sample1(1, 2))), Version.V1))
        .isEqualTo("a series has no labels");
  }

  @Test
  void rejectsWhatGoesBeyondALimit() {
    RemoteWriteDecoder small = new RemoteWriteDecoder(SMALL);
    var one = series(1, 2).addSamples(sample(1, 2));
    assertThat(rejection(small, request(one, one, one), Version.V2))
        .isEqualTo("more than 2 series");
    assertThat(
            rejection(
                small,
                request(
                    one,
                    one.clone()
                        .addAllSamples(one.getSamplesList())
                        .addSamples(sample(2, 1))
                        .addSamples(sample(3, 1))),
                Version.V2))
        .isEqualTo("more than 3 samples");
    assertThat(rejection(small, request(List.of("", "a", "b", "c", "d", "e", "f")), Version.V2))
        .isEqualTo("more than 6 symbols");
    assertThat(
            rejection(
                small,
                request(
                    List.of("", "a", "b", "c"), series(1, 1, 2, 1, 3, 1).addSamples(sample(1, 2))),
                Version.V2))
        .isEqualTo("a series has more than 2 labels");
    assertThat(
            rejection(
                small,
                request(List.of("", "a", "12345678901"), series(1, 2).addSamples(sample(1, 2))),
                Version.V2))
        .isEqualTo("a label's text has 11 bytes; the limit is 10");
  }

  @Test
  void rejectsWhatGoesBeyondALimitOfOnePointZero() {
    RemoteWriteDecoder small = new RemoteWriteDecoder(SMALL);
    var one = series1("a", "b").addSamples(sample1(1, 2));
    assertThat(rejection(small, request1(one, one, one), Version.V1))
        .isEqualTo("more than 2 series");
    assertThat(
            rejection(
                small, request1(series1("12345678901", "b").addSamples(sample1(1, 2))), Version.V1))
        .isEqualTo("a label's text has 11 bytes; the limit is 10");
    assertThat(
            rejection(
                small,
                request1(series1("a", "1", "b", "2", "c", "3").addSamples(sample1(1, 2))),
                Version.V1))
        .isEqualTo("a series has more than 2 labels");
  }

  @ParameterizedTest
  @CsvSource({
    "22, 1, the message ends within a number",
    "22ff, 2, the message ends within a number",
    "2205, 1, a length of 5 bytes where 0 are left",
    "22ffffffffffffffffff01, 1, a length of 18446744073709551615 bytes where 0 are left",
    "22ffffffffffffffffffffff01, 1, a number is longer than 10 bytes",
    "00, 0, no protobuf field starts here",
    "0700, 0, no protobuf field starts here",
    "0f00, 1, unknown wire type 7",
    "2301, 1, unknown wire type 3",
    "2d0102, 1, the message ends within a number",
    "2900, 1, the message ends within a number",
    "2001, 1, 'field 4 has wire type 0, not 2'",
    "22002a020a09, 5, a length of 9 bytes where 0 are left",
  })
  void tellsWhereGarbageBegins(String hexadecimal, int offset, String reason) {
    byte[] body = HexFormat.of().parseHex(hexadecimal);
    assertThat(decoder.decode(body, Version.V2)).isEqualTo(new Decoded.Rejected(reason, offset));
  }

  @Test
  void rejectsTextThatIsNotUtf8() {
    // symbols "", "a", 0xff; series { labels_refs [1, 2], samples { } }
    byte[] body = HexFormat.of().parseHex("2200" + "220161" + "2201ff" + "2a060a0201021200");
    assertThat(decoder.decode(body, Version.V2))
        .isEqualTo(new Decoded.Rejected("a text is not UTF-8", 7));
  }

  @ParameterizedTest
  @CsvSource({
    "application/x-protobuf, V1",
    "application/x-protobuf;proto=prometheus.WriteRequest, V1",
    "application/x-protobuf;proto=io.prometheus.write.v2.Request, V2",
    "Application/X-Protobuf; proto=io.prometheus.write.v2.Request, V2",
    "application/x-protobuf;proto=other,",
    "application/json,",
    "'',",
  })
  void knowsTheVersionByTheContentType(String contentType, Version version) {
    assertThat(Version.of(contentType).orElse(null)).isEqualTo(version);
  }
}
