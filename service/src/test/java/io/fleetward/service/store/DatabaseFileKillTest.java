package io.fleetward.service.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A process that writes the database is killed at any moment, again and again.
@Timeout(120)
class DatabaseFileKillTest {
  private static final int KILLS = Integer.getInteger("fleetward.kills", 3);

  @TempDir Path folder;

  @Test
  void whatWasAcknowledgedIsThereHoweverOftenItsWriterIsKilled() throws Exception {
    long seed = Long.getLong("fleetward.seed", 20_261_123L);
    System.out.printf("DatabaseFileKillTest: -Dfleetward.seed=%d%n", seed);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int newest = -1;
    for (int kill = 0; kill < KILLS; kill++) {
      newest = writeUntilKilled(newest + 1, random.nextInt(100, 300));

      try (Database database = DatabaseFile.open(folder)) {
        String acknowledged = "host-" + newest;
        boolean there =
            database.transaction(ledger -> ledger.hosts().wasSeen(acknowledged, Instant.EPOCH));
        assertThat(there).as("seed %d, kill %d, %s", seed, kill, acknowledged).isTrue();
      }
    }
  }

  /// The last host that the writer told of.
  private int writeUntilKilled(int first, int hosts) throws IOException, InterruptedException {
    Process writer =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-XX:TieredStopAtLevel=1",
                    HostsWriterMain.class.getName(),
                    folder.toString(),
                    Integer.toString(first)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int newest = -1;
    try (BufferedReader told = writer.inputReader(UTF_8)) {
      while (newest < first + hosts) {
        String line = told.readLine();
        assertThat(line).as("what the writer tells").isNotNull();
        if (line.matches("[0-9]+")) {
          newest = Integer.parseInt(line);
        }
      }
    } finally {
      writer.destroyForcibly();
      writer.waitFor();
    }
    return newest;
  }
}
