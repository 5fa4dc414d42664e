package io.fleetward.service.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.RemoteWriteEncoder;
import io.fleetward.protocol.metrics.Scrape;
import io.fleetward.protocol.metrics.SeriesLayout;
import io.fleetward.protocol.topics.Headers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Scrapes that come in parts, in any order, some twice.
class GraceTest {
  private static final String RULES =
      """
      groups:
        - name: sums
          rules:
            - record: instance:queue:sum
              expr: sum by (instance) (queue)
            - alert: QueuesAreLong
              expr: instance:queue:sum > 20
              for: 20s
            - alert: AQueueIsMissing
              expr: count by (instance) (queue) < 8
      """;

  private static final int QUEUES = 8;
  private static final int EVERY_SECONDS = 10;

  @TempDir private Path folder;

  /// A request that a sender made of some samples of one scrape.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Part(Instant appendedAt, byte[] body) {}

  private static Part part(
      Instant scrapedAt, Instant appendedAt, List<Integer> queues, int scrape) {
    List<Labels> series =
        queues.stream()
            .map(queue -> Labels.of("__name__", "queue", "instance", "web-1", "name", "q" + queue))
            .toList();
    double[] values =
        queues.stream().mapToDouble(queue -> scrape / 5 % 2 == 0 ? 1 : queue).toArray();
    return new Part(
        appendedAt,
        new RemoteWriteEncoder()
            .encode(new Scrape(new SeriesLayout(series), scrapedAt.toEpochMilli(), values)));
  }

  private static List<Part> whole() {
    List<Part> parts = new ArrayList<>();
    for (int scrape = 0; scrape < 40; scrape++) {
      Instant at = StreamUnderTest.START.plusSeconds((long) scrape * EVERY_SECONDS);
      parts.add(part(at, at.plusMillis(50), queues(), scrape));
    }
    return parts;
  }

  private static List<Integer> queues() {
    return new ArrayList<>(IntStream.range(0, QUEUES).boxed().toList());
  }

  /// The same, split at random; parts come up to 9 s late and some of them twice.
  private static List<Part> inParts(Random random) {
    List<Part> parts = new ArrayList<>();
    for (int scrape = 0; scrape < 40; scrape++) {
      Instant at = StreamUnderTest.START.plusSeconds((long) scrape * EVERY_SECONDS);
      List<Integer> queues = queues();
      Collections.shuffle(queues, random);
      int from = 0;
      while (from < QUEUES) {
        int to = Math.min(QUEUES, from + 1 + random.nextInt(QUEUES));
        for (int copies = random.nextInt(5) == 0 ? 2 : 1; copies > 0; copies--) {
          Instant appendedAt = at.plusMillis(50 + random.nextInt(9_000));
          parts.add(part(at, appendedAt, queues.subList(from, to), scrape));
        }
        from = to;
      }
    }
    parts.sort(Comparator.comparing(Part::appendedAt));
    return parts;
  }

  private List<String> told(String name, List<Part> parts, Random kills) throws Exception {
    try (StreamUnderTest stream =
        new StreamUnderTest(Files.createDirectory(folder.resolve(name)), RULES, "")) {
      for (Part part : parts) {
        if (kills.nextInt(15) == 0) {
          stream.takeOver();
        }
        stream.sendPart("web-1", part.body(), Headers.REMOTE_WRITE_2, part.appendedAt());
      }
      stream.sendPart("other", parts.getLast().body(), Headers.REMOTE_WRITE_2, end());
      return stream.alerts().stream()
          .filter(alert -> alert.instance().equals("web-1"))
          .map(alert -> new TreeMap<>(alert.labels()) + " " + alert.state())
          .distinct()
          .toList();
    }
  }

  private static Instant end() {
    return StreamUnderTest.START.plusSeconds(500);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void tellsTheSameHoweverScrapesAreSplit(long seed) throws Exception {
    Random random = new Random(seed);
    List<String> whole = told("whole", whole(), new Random(0));
    assertThat(whole).hasSizeGreaterThan(6).noneMatch(alert -> alert.contains("Missing"));
    assertThat(told("parts", inParts(random), random)).as("seed %d", seed).isEqualTo(whole);
  }

  @Test
  void waitsForTheGraceAndNoLonger() throws Exception {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, "")) {
      Instant at = StreamUnderTest.START;
      Part half = part(at, at.plusSeconds(1), List.of(0, 1, 2, 3), 0);
      stream.sendPart("web-1", half.body(), Headers.REMOTE_WRITE_2, half.appendedAt());
      stream.sendPart("other", half.body(), Headers.REMOTE_WRITE_2, at.plusSeconds(10));
      assertThat(stream.alerts()).isEmpty();
      stream.sendPart("other", half.body(), Headers.REMOTE_WRITE_2, at.plusSeconds(12));
      assertThat(stream.alerts()).extracting(alert -> alert.instance()).containsOnly("web-1");
      assertThat(stream.alerts().getFirst().evaluatedAt()).isEqualTo(at.plusSeconds(11));
    }
  }

  @Test
  void goesByTheClockOnTheWallWhereAPartitionIsSilent() throws Exception {
    try (StreamUnderTest stream = new StreamUnderTest(folder, RULES, "")) {
      Instant at = StreamUnderTest.START;
      Part half = part(at, at.plusSeconds(1), List.of(0, 1, 2, 3), 0);
      stream.sendPart("web-1", half.body(), Headers.REMOTE_WRITE_2, half.appendedAt());
      stream.silence(9);
      assertThat(stream.alerts()).isEmpty();
      stream.silence(3);
      assertThat(stream.alerts()).isNotEmpty();
    }
  }
}
