package io.fleetward.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseFileTest {
  @TempDir Path folder;

  @Test
  void keepsWhatWasCommittedAndNothingOfAFailedTransaction() {
    Instant at = Instant.ofEpochMilli(1_000);
    try (Database database = DatabaseFile.open(folder.resolve("made/for/it"))) {
      database.transaction(ledger -> {
        ledger.hosts().seen("web-1", at);
        return true;
      });
      assertThatThrownBy(() ->
              database.transaction(ledger -> {
                ledger.hosts().seen("web-2", at);
                throw new IllegalStateException("stop");
              }))
          .isInstanceOf(IllegalStateException.class);
    }
    try (Database database = DatabaseFile.open(folder.resolve("made/for/it"))) {
      int seen = database.transaction(ledger -> ledger.hosts().seenSince(at));
      assertThat(seen).isEqualTo(1);
    }
  }

  @Test
  void saysThatAnotherProcessHasIt() throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve("fleetward.mv.db");
    DatabaseFile.open(folder).close();
    // what another process holds, H2 finds locked
    try (RandomAccessFile other = new RandomAccessFile(file.toFile(), "rw");
        FileChannel channel = other.getChannel()) {
      channel.lock();
      assertThatThrownBy(() -> DatabaseFile.open(folder))
          .isInstanceOf(DatabaseUnavailableException.class)
          .hasMessage(
              "%s: another process has this database open; stop that service, or give this one a control.database folder of its own"
                  .formatted(folder));
    }
  }

  @Test
  void saysThatTheFolderCannotBeMade() throws IOException {
    Path file = Files.writeString(folder.resolve("taken"), "a file");
    assertThatThrownBy(() -> DatabaseFile.open(file.resolve("below")))
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasMessageContaining("cannot be written")
        .hasMessageContaining("free space on the disk");
  }

  @Test
  void saysThatTheFileIsNoDatabase() throws IOException {
    Files.writeString(folder.resolve("fleetward.mv.db"), "x".repeat(10_000));
    assertThatThrownBy(() -> DatabaseFile.open(folder))
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasMessageContaining("is damaged");
  }
}
