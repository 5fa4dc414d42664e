package io.fleetward.protocol.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.management.ThreadMXBean;
import io.fleetward.protocol.fuzz.Damage;
import io.fleetward.protocol.generated.RemoteWrite2;
import io.fleetward.protocol.labels.Labels;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemoteWriteEncoderTest {
  private static final SeriesLayout LAYOUT =
      new SeriesLayout(
          List.of(
              Labels.of("__name__", "up", "instance", "web-1"),
              Labels.of("__name__", "node_load1", "instance", "web-1")));

  private final RemoteWriteEncoder encoder = new RemoteWriteEncoder();

  @Test
  void isReadByGeneratedClassesAsTheScrapeThatWasWritten() throws Exception {
    Damage damage = Damage.of(getClass());
    long seed = damage.seed();
    RandomScrapes scrapes = new RandomScrapes(damage.random());
    for (int i = 0; i < 200; i++) {
      SeriesLayout layout = scrapes.layout(40);
      for (int j = 0; j < 3; j++) {
        Scrape scrape = scrapes.scrape(layout);
        assertSays(scrape, encoder.encode(scrape), "seed " + seed);
      }
    }
  }

  private static void assertSays(Scrape scrape, byte[] body, String run)
      throws InvalidProtocolBufferException {
    RemoteWrite2.Request request = RemoteWrite2.Request.parseFrom(body);
    assertThat(request.getSymbols(0)).as(run).isEmpty();
    assertThat(request.getSymbolsList()).as(run).doesNotHaveDuplicates();
    assertThat(request.getTimeseriesCount()).as(run).isEqualTo(scrape.size());
    for (int i = 0; i < scrape.size(); i++) {
      RemoteWrite2.TimeSeries series = request.getTimeseries(i);
      assertThat(labelsOf(request, series)).as(run).isEqualTo(scrape.layout().series().get(i));
      assertThat(series.getSamplesCount()).as(run).isEqualTo(1);
      assertThat(series.getSamples(0).getTimestamp()).as(run).isEqualTo(scrape.timeMillis());
      assertThat(Double.doubleToRawLongBits(series.getSamples(0).getValue()))
          .as(run)
          .isEqualTo(Double.doubleToRawLongBits(scrape.value(i)));
    }
  }

  private static Labels labelsOf(RemoteWrite2.Request request, RemoteWrite2.TimeSeries series) {
    List<String> pairs = new ArrayList<>();
    for (int reference : series.getLabelsRefsList()) {
      pairs.add(request.getSymbols(reference));
    }
    return Labels.ofSorted(pairs.toArray(String[]::new));
  }

  @Test
  void keepsTheBitsOfAStaleMarker() throws Exception {
    byte[] body =
        encoder.encode(new Scrape(LAYOUT, 1_790_000_000_000L, new double[] {StaleMarker.VALUE, 0}));

    double value = RemoteWrite2.Request.parseFrom(body).getTimeseries(0).getSamples(0).getValue();
    assertThat(StaleMarker.is(value)).isTrue();
  }

  @Test
  void givesEachCallerItsOwnBytes() {
    byte[] first = encoder.encode(new Scrape(LAYOUT, 1, new double[] {1, 2}));
    byte[] kept = first.clone();
    byte[] second = encoder.encode(new Scrape(LAYOUT, 1, new double[] {3, 4}));

    assertThat(first).isEqualTo(kept).isNotEqualTo(second);
  }

  @Test
  void writesTheSameForAnEqualLayoutThatIsAnotherObject() {
    byte[] first = encoder.encode(new Scrape(LAYOUT, 1, new double[] {1, 2}));
    SeriesLayout equal = new SeriesLayout(new ArrayList<>(LAYOUT.series()));

    assertThat(encoder.encode(new Scrape(equal, 1, new double[] {1, 2}))).isEqualTo(first);
  }

  @Test
  void writesTheNewSeriesWhenTheLayoutChanges() {
    encoder.encode(new Scrape(LAYOUT, 1, new double[] {1, 2}));
    SeriesLayout other = new SeriesLayout(List.of(Labels.of("__name__", "other")));
    byte[] body = encoder.encode(new Scrape(other, 1, new double[] {1}));

    assertThat(body)
        .isEqualTo(new RemoteWriteEncoder().encode(new Scrape(other, 1, new double[] {1})));
  }

  @Test
  void refusesASeriesWithoutLabels() {
    SeriesLayout layout = new SeriesLayout(List.of(Labels.EMPTY));
    assertThatThrownBy(() -> encoder.encode(new Scrape(layout, 1, new double[] {1})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a series without labels cannot be written");
  }

  @Test
  void allocatesOnlyTheRequestOnceTheLayoutIsKnown() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Scrape scrape = new Scrape(LAYOUT, 1_790_000_000_000L, new double[] {1, 2});
    byte[] body = encoder.encode(scrape);
    int rounds = 20_000;
    encode(scrape, rounds);
    long before = threads.getCurrentThreadAllocatedBytes();
    encode(scrape, rounds);
    long each = (threads.getCurrentThreadAllocatedBytes() - before) / rounds;

    // array header and padding
    assertThat(each).isLessThanOrEqualTo(body.length + 24);
  }

  private int encode(Scrape scrape, int rounds) {
    int bytes = 0;
    for (int i = 0; i < rounds; i++) {
      bytes += encoder.encode(scrape).length;
    }
    return bytes;
  }
}
