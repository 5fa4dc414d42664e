package io.fleetward.agent.spool;

import static io.fleetward.agent.spool.NumberedRecords.append;
import static io.fleetward.agent.spool.NumberedRecords.rest;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that are not what was written into them.
class SpoolDamageTest {
  private static final int RECORDS = 60;
  private static final SpoolLimits LIMITS = new SpoolLimits(1 << 20, 2_000, Duration.ZERO);

  @TempDir Path folder;
  private Path good;
  private Path bad;

  /// Where each record lies: the file, and its first and last byte.
  private record Place(Path file, int from, int to) {}

  private final List<Place> places = new ArrayList<>();

  @BeforeEach
  void write() throws IOException {
    good = folder.resolve("good");
    bad = folder.resolve("bad");
    Files.createDirectory(bad);
    try (Spool spool = Spool.open(good, LIMITS, new LostRecords())) {
      for (long number = 0; number < RECORDS; number++) {
        long before = spool.bytes();
        append(spool, number);
        Path file = segments(good).getLast().getFileName();
        int from =
            places.isEmpty() || !places.getLast().file().equals(file) ? 0 : places.getLast().to();
        places.add(new Place(file, from, from + (int) (spool.bytes() - before)));
      }
    }
  }

  @Test
  void aTornLastRecordCostsOnlyItself() throws IOException {
    Path last = segments(good).getLast();
    byte[] whole = Files.readAllBytes(last);
    for (int length = 0; length < whole.length; length++) {
      copy();
      Files.write(bad.resolve(last.getFileName()), Arrays.copyOf(whole, length));
      int kept = length;
      List<Long> expected =
          untouched(place -> place.file().equals(last.getFileName()) && place.to() > kept);
      LostRecords lost = new LostRecords();

      try (Spool spool = Spool.open(bad, LIMITS, lost)) {
        append(spool, 1_000);
        List<Long> found = rest(spool);

        assertThat(found.removeLast()).isEqualTo(1_000);
        assertThat(found).as("cut after %d bytes", length).isEqualTo(expected);
        spool.delivered();
        assertThat(spool.isEmpty()).isTrue();
      }
    }
  }

  @Test
  void everyRecordOutsideTheDamageIsDelivered() throws IOException {
    Long given = Long.getLong("fleetward.seed");
    long seed = given == null ? System.nanoTime() : given;
    System.out.printf("SpoolDamageTest: -Dfleetward.seed=%d%n", seed);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int round = 0; round < 300; round++) {
      copy();
      TreeSet<Long> touched = new TreeSet<>();
      for (int i = random.nextInt(6); i >= 0; i--) {
        damage(random, touched);
      }
      LostRecords lost = new LostRecords();

      try (Spool spool = Spool.open(bad, LIMITS, lost)) {
        List<Long> found = rest(spool);

        List<Long> expected = new ArrayList<>(LongStream.range(0, RECORDS).boxed().toList());
        expected.removeAll(touched);
        assertThat(found).as("seed %d, round %d", seed, round).isEqualTo(expected);
        assertThat(lost.damagedBytes).isPositive();
        long newest = expected.getLast();
        assertThat(lost.damagedRecords)
            .isGreaterThanOrEqualTo(touched.headSet(newest).size())
            .isLessThanOrEqualTo(touched.size());
        spool.delivered();
        assertThat(spool.isEmpty()).isTrue();
      }
    }
  }

  /// Overwrites some bytes somewhere, and notes whose they were.
  private void damage(RandomGenerator random, Set<Long> touched) throws IOException {
    int number = random.nextInt(RECORDS);
    Place place = places.get(number);
    Path file = bad.resolve(place.file());
    byte[] bytes = Files.readAllBytes(file);
    int at = random.nextInt(place.from(), place.to());
    int end = Math.min(bytes.length, at + random.nextInt(1, 200));
    for (int i = at; i < end; i++) {
      bytes[i] ^= (byte) (1 + random.nextInt(255));
    }
    Files.write(file, bytes);
    for (int i = 0; i < RECORDS; i++) {
      Place other = places.get(i);
      if (other.file().equals(place.file()) && other.from() < end && other.to() > at) {
        touched.add((long) i);
      }
    }
  }

  @Test
  void aMissingSegmentIsCounted() throws IOException {
    copy();
    Path gone = segments(good).get(1).getFileName();
    Files.delete(bad.resolve(gone));
    LostRecords lost = new LostRecords();

    try (Spool spool = Spool.open(bad, LIMITS, lost)) {
      List<Long> expected = untouched(place -> place.file().equals(gone));
      assertThat(rest(spool)).isEqualTo(expected);
      assertThat(lost.damagedRecords).isEqualTo(RECORDS - expected.size());
    }
  }

  private List<Long> untouched(java.util.function.Predicate<Place> isTouched) {
    return LongStream.range(0, RECORDS)
        .filter(number -> !isTouched.test(places.get((int) number)))
        .boxed()
        .toList();
  }

  private void copy() throws IOException {
    for (Path segment : segments(bad)) {
      Files.delete(segment);
    }
    Files.deleteIfExists(bad.resolve("position"));
    for (Path segment : segments(good)) {
      Files.copy(segment, bad.resolve(segment.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static List<Path> segments(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".segment")).sorted().toList();
    }
  }
}
