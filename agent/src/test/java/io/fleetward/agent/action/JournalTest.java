package io.fleetward.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetward.agent.action.JournalEntry.Finished;
import io.fleetward.agent.action.JournalEntry.Started;
import io.fleetward.protocol.messages.Outcome.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir Path state;

  @Test
  void remembersOverRestarts() throws IOException {
    try (Journal journal = open(NOON)) {
      journal.start(started("p1", NOON.plusSeconds(1)));
      journal.start(started("p2", NOON.plusSeconds(2)));
      journal.finish(new Finished("p1", Status.SUCCEEDED, "{}"));
    }
    try (Journal journal = open(NOON.plusSeconds(100))) {
      assertThat(journal.beganAt()).isEqualTo(NOON);
      assertThat(journal.hasSeen("nonce-p1")).isTrue();
      assertThat(journal.hasSeen("nonce-p3")).isFalse();
      assertThat(journal.startsSince("restart", NOON)).isEqualTo(2);
      assertThat(journal.startsSince("restart", NOON.plusSeconds(1))).isEqualTo(1);
      assertThat(journal.startsSince("other", NOON)).isZero();
      assertThat(journal.unfinished()).extracting(Started::plan).containsExactly("p2");
      assertThat(journal.unhanded()).extracting(Finished::plan).containsExactly("p1");
      journal.handed("p1");
    }
    try (Journal journal = open(NOON)) {
      assertThat(journal.unhanded()).isEmpty();
    }
  }

  @Test
  void forgetsOutcomesThatWereHandedOverButNoNonceAndNoStart() throws IOException {
    try (Journal journal = open(NOON)) {
      for (int i = 0; i < 70; i++) {
        String plan = "p" + i;
        journal.start(started(plan, NOON.plusSeconds(i)));
        journal.finish(new Finished(plan, Status.SUCCEEDED, "x".repeat(1_000)));
        if (i != 7) {
          journal.handed(plan);
        }
      }
    }
    long before = used();
    open(NOON).close();

    try (Journal journal = open(NOON)) {
      assertThat(used()).isLessThan((int) (before / 5));
      assertThat(journal.beganAt()).isEqualTo(NOON);
      assertThat(journal.hasSeen("nonce-p0")).isTrue();
      assertThat(journal.hasSeen("nonce-p69")).isTrue();
      assertThat(journal.startsSince("restart", NOON.plusSeconds(9))).isEqualTo(60);
      assertThat(journal.unhanded()).extracting(Finished::plan).containsExactly("p7");
      assertThat(journal.unfinished()).isEmpty();
      journal.start(started("after", NOON.plusSeconds(100)));
    }
    try (Journal journal = open(NOON)) {
      assertThat(journal.hasSeen("nonce-after")).isTrue();
      assertThat(journal.unfinished()).extracting(Started::plan).containsExactly("after");
    }
  }

  @Test
  void aPlanWhoseNonceWasForgottenIsOlderThanTheJournal() throws IOException {
    Instant later = NOON.plus(Duration.ofDays(10));
    try (Journal journal = open(NOON)) {
      for (int i = 0; i < 70; i++) {
        String plan = "p" + i;
        journal.start(started(plan, i < 69 ? NOON : later));
        journal.finish(new Finished(plan, Status.SUCCEEDED, "{}"));
        journal.handed(plan);
      }
    }

    try (Journal journal = open(NOON)) {
      assertThat(journal.hasSeen("nonce-p0")).isFalse();
      assertThat(journal.beganAt()).isEqualTo(later.minus(Duration.ofDays(1)));
      assertThat(journal.hasSeen("nonce-p69")).isTrue();
      assertThat(journal.startsSince("restart", NOON.minusSeconds(1))).isEqualTo(70);
    }
  }

  @Test
  void doesNotShrinkWhileAPlanIsUnfinished() throws IOException {
    try (Journal journal = open(NOON)) {
      journal.start(started("open", NOON));
      for (int i = 0; i < 70; i++) {
        journal.handed("p" + i);
      }
    }
    long before = used();

    try (Journal journal = open(NOON)) {
      assertThat(journal.unfinished()).extracting(Started::plan).containsExactly("open");
    }
    assertThat(used()).isEqualTo(before);
  }

  @Test
  void onlyOneMayHoldIt() throws IOException {
    try (Journal held = open(NOON)) {
      assertThat(held.beganAt()).isEqualTo(NOON);
      // the lock of another process is told by empty; within one JVM the file system throws
      assertThatThrownBy(() -> Journal.open(state, NOON))
          .isInstanceOf(java.nio.channels.OverlappingFileLockException.class);
    }
  }

  @RepeatedTest(50)
  void survivesATornLastRecord() throws IOException {
    long seed = Long.getLong("fleetward.seed", new Random().nextLong());
    Random random = new Random(seed);
    int count = 1 + random.nextInt(8);
    Path file = state.resolve("journal");
    int sizeBeforeLast = 0;
    try (Journal journal = open(NOON)) {
      for (int i = 0; i < count; i++) {
        sizeBeforeLast = used();
        journal.start(started("p" + i, NOON));
      }
    }
    byte[] whole = Arrays.copyOf(Files.readAllBytes(file), used());
    int torn = sizeBeforeLast + random.nextInt(whole.length - sizeBeforeLast);
    byte[] cut = Arrays.copyOf(whole, torn);
    // what was there before are zeros, or nothing where it had outgrown its room
    int room = random.nextBoolean() ? JournalFile.PREALLOCATED_BYTES : whole.length;
    Files.write(file, random.nextBoolean() ? cut : Arrays.copyOf(cut, room));

    try (Journal journal = open(NOON)) {
      assertThat(journal.unfinished()).as("seed %d", seed).hasSize(count - 1);
      journal.start(started("after", NOON));
    }
    try (Journal journal = open(NOON)) {
      assertThat(journal.unfinished()).as("seed %d", seed).hasSize(count);
      assertThat(journal.hasSeen("nonce-after")).as("seed %d", seed).isTrue();
    }
  }

  @Test
  void doesNotForgiveDamageBeforeTheLastRecord() throws IOException {
    try (Journal journal = open(NOON)) {
      journal.start(started("p1", NOON));
      journal.start(started("p2", NOON));
    }
    Path file = state.resolve("journal");
    byte[] bytes = Files.readAllBytes(file);
    bytes[20] ^= 1;
    Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);

    assertThatThrownBy(() -> Journal.open(state, NOON))
        .isInstanceOf(JournalDamagedException.class)
        .hasMessageContaining("is damaged at byte 0");
  }

  @Test
  void needsNoRoomOnTheDiskOnceItIsMade() throws IOException {
    open(NOON).close();
    assertThat(Files.size(state.resolve("journal"))).isEqualTo(JournalFile.PREALLOCATED_BYTES);
    // no sparse file: 512 bytes a block
    assertThat((long) blocks() * 512).isGreaterThanOrEqualTo(JournalFile.PREALLOCATED_BYTES);

    try (Journal journal = open(NOON)) {
      for (int i = 0; i < 50; i++) {
        journal.start(started("p" + i, NOON));
        journal.finish(new Finished("p" + i, Status.SUCCEEDED, "x".repeat(20_000)));
      }
    }

    assertThat(Files.size(state.resolve("journal"))).isEqualTo(JournalFile.PREALLOCATED_BYTES);
    try (Journal journal = open(NOON)) {
      assertThat(journal.unhanded()).hasSize(50);
    }
  }

  @Test
  void growsPastItsRoom() throws IOException {
    try (Journal journal = open(NOON)) {
      for (int i = 0; i < 120; i++) {
        journal.start(started("p" + i, NOON));
        journal.finish(new Finished("p" + i, Status.SUCCEEDED, "x".repeat(20_000)));
      }
    }

    try (Journal journal = open(NOON)) {
      assertThat(journal.unhanded()).hasSize(120);
    }
  }

  @Test
  void doesNotForgiveWhatStandsBehindZeros() throws IOException {
    try (Journal journal = open(NOON)) {
      journal.start(started("p1", NOON));
    }
    Path file = state.resolve("journal");
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 0, 20, (byte) 0);
    Files.write(file, bytes);

    assertThatThrownBy(() -> Journal.open(state, NOON)).isInstanceOf(JournalDamagedException.class);
  }

  private int blocks() throws IOException {
    Process stat =
        new ProcessBuilder("stat", "--format=%b", state.resolve("journal").toString()).start();
    return Integer.parseInt(stat.inputReader().readLine().strip());
  }

  /// How many bytes its records take.
  private int used() throws IOException {
    byte[] bytes = Files.readAllBytes(state.resolve("journal"));
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    return end;
  }

  private Journal open(Instant now) throws IOException {
    return Journal.open(state, now).orElseThrow();
  }

  private static Started started(String plan, Instant at) {
    return new Started(plan, "r", "nonce-" + plan, "restart", "boot", at);
  }
}
