package io.fleetward.agent.scraping;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.fleetward.protocol.exposition.PageFormat;
import io.fleetward.protocol.labels.Labels;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PageReaderTest {
  private final PageReader reader = new PageReader(5_000, UnaryOperator.identity());
  private final Reading reading = new Reading();

  @Test
  void readsThePageThatIsNow() throws RefusedPageException {
    read("a 1\nb{x=\"y\"} 2\n");
    assertThat(reading.size()).isEqualTo(2);
    ScrapedSeries first = reading.series(0);

    read("b{x=\"y\"} 3\nc 4\na 5\n");
    assertThat(reading.size()).isEqualTo(3);
    assertThat(reading.series(2)).as("known by its bytes").isSameAs(first);
    assertThat(reading.value(2)).isEqualTo(5);
  }

  @Test
  void theFirstOfTwoSamplesCounts() throws RefusedPageException {
    read("a 1\na 2\n");

    assertThat(reading.size()).isEqualTo(1);
    assertThat(reading.value(0)).isEqualTo(1);
  }

  @Test
  void takesNothingForWhichTheWholeRecordWouldBeRefused() {
    PageReader relabelling =
        new PageReader(
            10,
            new TargetLabels(Labels.of("job", "x", "rack", "a", "zone", "b"), "web-1", false)::of);
    String labels =
        IntStream.range(0, 60).mapToObj(i -> "l%d=\"v\"".formatted(i)).collect(joining(","));
    byte[] page = "a{%s} 1\n".formatted(labels).getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> relabelling.read(page, page.length, PageFormat.TEXT, reading))
        .hasMessageContaining("its series a would have more than 64 labels");
  }

  @Test
  void forgetsSeriesThatCameAndWent() throws RefusedPageException {
    for (int page = 0; page < 200; page++) {
      StringBuilder text = new StringBuilder("steady 1\n");
      for (int i = 0; i < 100; i++) {
        text.append("fleeting{id=\"%d\"} 1\n".formatted(1_000 * page + i));
      }
      read(text.toString());
      assertThat(reading.size()).isEqualTo(101);
      assertThat(reader.remembered()).isLessThan(2_500);
    }
  }

  @Test
  void aPageLikeTheLastMakesNoObjects() throws RefusedPageException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      text.append("node_cpu_seconds_total{cpu=\"%d\",mode=\"idle\"} %s\n".formatted(i, i * 1.37e4));
    }
    byte[] page = text.toString().getBytes(StandardCharsets.UTF_8);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 20; i++) {
      reader.read(page, page.length, PageFormat.TEXT, reading);
    }

    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 50; i++) {
      reader.read(page, page.length, PageFormat.TEXT, reading);
    }
    long perSample = (threads.getCurrentThreadAllocatedBytes() - before) / (50 * 2_000);

    assertThat(perSample).isZero();
    assertThat(reading.size()).isEqualTo(2_000);
  }

  private void read(String page) throws RefusedPageException {
    byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
    reader.read(bytes, bytes.length, PageFormat.TEXT, reading);
  }
}
