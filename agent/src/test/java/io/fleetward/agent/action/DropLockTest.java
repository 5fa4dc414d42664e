package io.fleetward.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fleetward.agent.action.AllowedAction.DropLock;
import io.fleetward.agent.linux.Kernel;
import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.messages.Outcome.Status;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The built-in action on real locks.
class DropLockTest {
  @TempDir Path temporary;
  private Path lock;

  @BeforeEach
  void lay() throws IOException {
    lock = temporary.toRealPath().resolve("batch.lock");
    Files.writeString(lock, "");
    aged();
    // who may not look into every process cannot know that nobody holds a lock
    assumeThat(Kernel.userId()).as("needs root").isZero();
  }

  @Test
  void aPlanRemovesALockThatNobodyHolds() throws Exception {
    RunnerFixture host = RunnerFixture.in(Files.createDirectory(temporary.resolve("host")));
    host.allow("l.yaml", "action: drop-lock\nfiles: [%s]\nolder_than: 1h\n".formatted(lock));

    List<Outcome> outcomes = host.run(host.plan(DropLock.NAME, Map.of("file", lock.toString())));

    assertThat(outcomes.getLast().status()).isEqualTo(Status.SUCCEEDED);
    assertThat(outcomes.getLast().evidenceBefore()).containsEntry("state", "there");
    assertThat(outcomes.getLast().evidenceAfter()).containsEntry("state", "gone");
    assertThat(lock).doesNotExist();
  }

  @Test
  void leavesOneThatIsOpenSomewhere() throws Exception {
    try (FileChannel held = FileChannel.open(lock, StandardOpenOption.READ)) {
      assertThat(held.isOpen()).isTrue();
      assertThat(reason()).contains(Refusal.PRECONDITION);
      assertThat(of().execute(Duration.ofSeconds(5)).status()).isEqualTo(Status.FAILED);
    }
    assertThat(lock).exists();
    assertThat(reason()).isEmpty();
  }

  @Test
  void leavesOneWhoseProcessLives() throws Exception {
    Files.writeString(lock, ProcessHandle.current().pid() + "\n");
    aged();
    assertThat(reason()).contains(Refusal.PRECONDITION);

    Files.writeString(lock, "999999999\n");
    aged();
    assertThat(reason()).isEmpty();
  }

  @Test
  void leavesWhatIsYoungOrNoFile() throws Exception {
    Files.setLastModifiedTime(lock, FileTime.from(Instant.now()));
    assertThat(reason()).contains(Refusal.PRECONDITION);

    Files.delete(lock);
    assertThat(reason()).contains(Refusal.TARGET_GONE);

    Files.createSymbolicLink(lock, Path.of("/etc/hostname"));
    assertThat(reason()).contains(Refusal.PROTECTED);
  }

  private Optional<Refusal> reason() {
    return of().objection().map(Objection::reason);
  }

  private DropLockExecution of() {
    DropLock action =
        new DropLock(List.of(lock), Duration.ofHours(1), Duration.ofSeconds(5), Budget.STRICT);
    return new DropLockExecution(
        action, Map.of("file", lock.toString()), Path.of("/proc"), Instant.now());
  }

  private void aged() throws IOException {
    Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
  }
}
