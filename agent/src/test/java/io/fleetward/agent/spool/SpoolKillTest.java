package io.fleetward.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.linux.Signal;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A process that writes a spool is killed at any moment, again and again.
@Timeout(120)
class SpoolKillTest {
  private static final int KILLS = Integer.getInteger("fleetward.kills", 8);

  @TempDir Path folder;
  private long newestWritten = -1;
  private long newestRead = -1;
  private long newestDelivered = -1;

  @Test
  void whatWasWrittenIsThereAndInOrderHoweverOftenItsWriterIsKilled() throws Exception {
    Long given = Long.getLong("fleetward.seed");
    long seed = given == null ? System.nanoTime() : given;
    System.out.printf("SpoolKillTest: -Dfleetward.seed=%d%n", seed);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int kill = 0; kill < KILLS; kill++) {
      long oldestMissable = newestDelivered;
      newestRead = -1;
      run(random.nextInt(50, 3_000), random.nextLong());

      LostRecords lost = new LostRecords();
      try (Spool spool = Spool.open(folder, SpoolWriterMain.LIMITS, lost)) {
        List<Long> found = NumberedRecords.rest(spool);
        assertThat(newestDelivered).isGreaterThanOrEqualTo(oldestMissable);
        String description = "seed %d, kill %d".formatted(seed, kill);
        if (found.isEmpty()) {
          assertThat(newestWritten).as(description).isLessThanOrEqualTo(newestRead);
        } else {
          // the last words of the killed may be missing, never what they told
          assertThat(found.getFirst())
              .as(description)
              .isLessThanOrEqualTo(Math.max(newestRead, newestDelivered) + 1);
          assertThat(found.getFirst()).as(description).isGreaterThan(newestDelivered);
          assertThat(found.getLast()).as(description).isGreaterThanOrEqualTo(newestWritten);
          assertThat(found.getLast() - found.getFirst())
              .as(description)
              .isEqualTo(found.size() - 1);
          newestWritten = found.getLast();
        }
        assertThat(lost.damagedRecords).as(description).isZero();
      }
    }
  }

  private void run(int lines, long seed) throws IOException, InterruptedException {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SpoolWriterMain.class.getName(),
                folder.toString(),
                Long.toString(newestWritten + 1),
                Long.toString(seed))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = writer.inputReader(StandardCharsets.UTF_8)) {
      for (int i = 0; i < lines; i++) {
        note(said.readLine());
      }
      // destroyForcibly would also take away what it said last
      Signal.KILL.sendTo(writer.pid());
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        note(line);
      }
      writer.waitFor();
    }
  }

  private void note(String line) {
    if (!line.matches("[wrd] \\d+")) {
      // cut off by the kill
      return;
    }
    long number = Long.parseLong(line, 2, line.length(), 10);
    switch (line.charAt(0)) {
      case 'w' -> newestWritten = Math.max(newestWritten, number);
      case 'r' -> newestRead = Math.max(newestRead, number);
      default -> newestDelivered = Math.max(newestDelivered, number);
    }
  }
}
