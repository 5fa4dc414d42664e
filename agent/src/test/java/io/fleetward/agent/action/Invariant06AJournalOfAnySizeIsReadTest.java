package io.fleetward.agent.action;

import static io.fleetward.agent.action.RunnerFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.action.JournalEntry.Began;
import io.fleetward.agent.action.JournalEntry.Finished;
import io.fleetward.agent.action.JournalEntry.Handed;
import io.fleetward.agent.action.JournalEntry.Started;
import io.fleetward.protocol.messages.Outcome.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I6: what was begun is remembered however much there is of it, within the runner's small memory.
class Invariant06AJournalOfAnySizeIsReadTest {
  private static final int PLANS = 2_500;

  @TempDir Path folder;

  @Test
  void aRunnerReadsAJournalLargerThanItsMemoryAndShrinksIt() throws Exception {
    RunnerFixture host = RunnerFixture.in(folder).allowAppend();
    Path journal = folder.resolve("state/journal");
    Instant now = Instant.now();
    write(journal, now);
    assertThat(Files.size(journal)).isGreaterThan(40L << 20);

    assertThat(host.recover()).isEmpty();

    assertThat(Files.size(journal)).isEqualTo(JournalFile.PREALLOCATED_BYTES);
    assertRefused(
        host.refuse(host.append("hello").withNonce("nonce-%d".formatted(PLANS - 1))),
        Refusal.REPLAYED);
    assertRefused(host.refuse(host.append("hello")), Refusal.BUDGET);
  }

  private static void write(Path journal, Instant at) throws IOException {
    String envelope = "x".repeat(17_000);
    Iterator<JournalEntry> entries =
        Stream.concat(
                Stream.<JournalEntry>of(new Began(at.minusSeconds(100))),
                IntStream.range(0, PLANS)
                    .boxed()
                    .flatMap(i ->
                        Stream.of(
                            new Started("p" + i, "r", "nonce-" + i, "append", "boot", at),
                            new Finished("p" + i, Status.SUCCEEDED, envelope),
                            new Handed("p" + i))))
            .iterator();
    try (JournalFile file = JournalFile.open(journal)) {
      file.replaceAll(entries);
    }
  }
}
