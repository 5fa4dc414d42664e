package io.fleetward.agent.spool;

import static io.fleetward.agent.spool.NumberedRecords.append;
import static io.fleetward.agent.spool.NumberedRecords.rest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  @TempDir Path folder;
  private final LostRecords lost = new LostRecords();

  @Test
  void givesBackWhatItWasGivenInOrder() throws IOException {
    try (Spool spool = open()) {
      fill(spool, 0, 100);

      assertThat(spool.records()).isEqualTo(100);
      assertThat(rest(spool)).isEqualTo(numbers(0, 100));
      spool.delivered();
      assertThat(spool.isEmpty()).isTrue();
      assertThat(spool.bytes()).isZero();
    }
    assertThat(segments()).isEmpty();
    assertThat(lost.all()).isZero();
  }

  @Test
  void readsOnWhileItIsWritten() throws IOException {
    try (Spool spool = open()) {
      fill(spool, 0, 3);
      assertThat(rest(spool)).isEqualTo(numbers(0, 3));
      fill(spool, 3, 5);
      assertThat(rest(spool)).isEqualTo(numbers(3, 5));
      spool.delivered();
      fill(spool, 5, 6);
      assertThat(rest(spool)).isEqualTo(numbers(5, 6));
    }
  }

  @Test
  void keepsWhatHasNotArrivedOverARestart() throws IOException {
    try (Spool spool = open()) {
      fill(spool, 0, 50);
      for (int i = 0; i < 20; i++) {
        spool.next();
      }
      spool.delivered();
      for (int i = 0; i < 10; i++) {
        spool.next();
      }
    }
    try (Spool spool = open()) {
      assertThat(spool.records()).isEqualTo(30);
      fill(spool, 50, 60);
      assertThat(rest(spool)).isEqualTo(numbers(20, 60));
    }
    assertThat(lost.all()).isZero();
  }

  @Test
  void goesOnWithNewNumbersAfterEverythingHasArrived() throws IOException {
    try (Spool spool = open()) {
      fill(spool, 0, 5);
      rest(spool);
      spool.delivered();
    }
    try (Spool spool = open()) {
      assertThat(spool.isEmpty()).isTrue();
      fill(spool, 5, 6);
      assertThat(spool.next().orElseThrow().sequence()).isEqualTo(5);
    }
  }

  @Test
  void dropsTheOldestAndCountsThemWhenItIsFull() throws IOException {
    try (Spool spool = open(new SpoolLimits(8_000, 1_000, Duration.ZERO))) {
      for (long number = 0; number < 500; number++) {
        append(spool, number);
        assertThat(spool.bytes()).isLessThanOrEqualTo(8_000);
        assertThat(bytesOfSegments()).isLessThanOrEqualTo(8_000);
      }

      List<Long> kept = rest(spool);
      assertThat(kept).isEqualTo(numbers(500 - kept.size(), 500)).hasSizeGreaterThan(20);
      assertThat(lost.dropped).isEqualTo(500 - kept.size());
      assertThat(lost.damagedBytes).isZero();
    }
  }

  @Test
  void whatIsOnItsWayIsNotCountedAsDropped() throws IOException {
    try (Spool spool = open(new SpoolLimits(4_000, 1_000, Duration.ZERO))) {
      fill(spool, 0, 10);
      assertThat(rest(spool)).hasSize(10);
      fill(spool, 10, 110);

      List<Long> kept = rest(spool);
      assertThat(lost.dropped).isEqualTo(100 - kept.size());
      spool.delivered();
      assertThat(spool.isEmpty()).isTrue();
    }
  }

  @Test
  void keepsARecordLargerThanASegment() throws IOException {
    byte[] large = new byte[5_000];
    new java.util.Random(1).nextBytes(large);
    try (Spool spool = open(new SpoolLimits(100_000, 1_000, Duration.ZERO))) {
      append(spool, 0);
      spool.append(7, large);
      append(spool, 2);

      assertThat(NumberedRecords.numberOf(spool.next().orElseThrow())).isZero();
      assertThat(spool.next().orElseThrow().content()).isEqualTo(large);
      assertThat(NumberedRecords.numberOf(spool.next().orElseThrow())).isEqualTo(2);
    }
  }

  @Test
  void packsWhatRepeatsItself() throws IOException {
    byte[] scrape =
        "node_cpu_seconds_total{cpu,mode} ".repeat(1_000).getBytes(StandardCharsets.UTF_8);
    try (Spool spool = open()) {
      spool.append(1, scrape);

      assertThat(spool.bytes()).isLessThan(scrape.length / 20);
      assertThat(spool.next().orElseThrow().content()).isEqualTo(scrape);
    }
  }

  @Test
  void isOneProcessAlone() throws IOException {
    try (Spool spool = open()) {
      append(spool, 1);
      assertThatThrownBy(this::open).hasMessageContaining("is in use");
    }
  }

  @Test
  void deliversAgainRatherThanLosingWhenItsPositionIsLost() throws IOException {
    try (Spool spool = open()) {
      fill(spool, 0, 10);
      spool.next();
      spool.delivered();
    }
    Files.write(folder.resolve("position"), new byte[] {1, 2, 3});
    try (Spool spool = open()) {
      assertThat(rest(spool)).isEqualTo(numbers(0, 10));
    }
  }

  @Test
  void outlivesItsFilesBeingTakenAway() throws IOException {
    try (Spool spool = open(new SpoolLimits(100_000, 1_000, Duration.ZERO))) {
      fill(spool, 0, 40);
      for (Path segment : segments()) {
        Files.delete(segment);
      }
      fill(spool, 40, 80);

      List<Long> kept = rest(spool);
      assertThat(kept).isSorted().contains(79L);
      assertThat(kept.size() + lost.damagedRecords).isEqualTo(80);
    }
  }

  private Spool open() throws IOException {
    return open(SpoolLimits.of(10 << 20, Duration.ofSeconds(5)));
  }

  private Spool open(SpoolLimits limits) throws IOException {
    return Spool.open(folder, limits, lost);
  }

  private static void fill(Spool spool, long from, long to) throws IOException {
    for (long number = from; number < to; number++) {
      append(spool, number);
    }
  }

  private static List<Long> numbers(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".segment")).sorted().toList();
    }
  }

  private long bytesOfSegments() throws IOException {
    long bytes = 0;
    for (Path segment : segments()) {
      bytes += Files.size(segment);
    }
    return bytes;
  }
}
