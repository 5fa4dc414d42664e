package io.fleetward.agent.action;

import io.fleetward.agent.action.JournalEntry.Began;
import io.fleetward.agent.action.JournalEntry.Finished;
import io.fleetward.agent.action.JournalEntry.Handed;
import io.fleetward.agent.action.JournalEntry.Running;
import io.fleetward.agent.action.JournalEntry.Started;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What this host has begun and how it ended, for ever: nonces, attempts, budgets. Who holds it
/// open is the only one who may act. Confined to one thread.
final class Journal implements Ledger, AutoCloseable {
  private static final String FILE = "journal";
  private static final String LOCK = "journal.lock";

  private final FileChannel lockChannel;
  private final JournalFile file;
  private final Set<String> nonces = new HashSet<>();
  private final List<Started> starts = new ArrayList<>();
  private final Map<String, Started> unfinished = new LinkedHashMap<>();
  private final Map<String, Running> groups = new LinkedHashMap<>();
  private final Map<String, Finished> unhanded = new LinkedHashMap<>();
  private Instant beganAt = Instant.MAX;

  private Journal(FileChannel lockChannel, JournalFile file) {
    this.lockChannel = lockChannel;
    this.file = file;
  }

  /// Opens the journal of a state folder, making it if there is none.
  ///
  /// @param now the broker's time as the host knows it; a new journal begins then
  /// @return empty if another process holds it
  /// @throws JournalDamagedException if it cannot be trusted
  static Optional<Journal> open(Path stateFolder, Instant now) throws IOException {
    Files.createDirectories(
        stateFolder,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    FileChannel lockChannel =
        FileChannel.open(
            stateFolder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = lockChannel.tryLock();
    if (lock == null) {
      lockChannel.close();
      return Optional.empty();
    }
    boolean isOpen = false;
    try {
      Journal journal = new Journal(lockChannel, JournalFile.open(stateFolder.resolve(FILE)));
      journal.load(now);
      isOpen = true;
      return Optional.of(journal);
    } finally {
      if (!isOpen) {
        lockChannel.close();
      }
    }
  }

  private void load(Instant now) throws IOException {
    for (JournalEntry entry : file.readAll()) {
      apply(entry);
    }
    if (beganAt.equals(Instant.MAX)) {
      append(new Began(now));
    }
  }

  private void append(JournalEntry entry) throws IOException {
    file.append(entry);
    apply(entry);
  }

  private void apply(JournalEntry entry) {
    switch (entry) {
      case Began began -> beganAt = began.at();
      case Started started -> {
        nonces.add(started.nonce());
        starts.add(started);
        unfinished.put(started.plan(), started);
      }
      case Running running -> groups.put(running.plan(), running);
      case Finished finished -> {
        unfinished.remove(finished.plan());
        groups.remove(finished.plan());
        unhanded.put(finished.plan(), finished);
      }
      case Handed handed -> unhanded.remove(handed.plan());
    }
  }

  @Override
  public Instant beganAt() {
    return beganAt;
  }

  @Override
  public boolean hasSeen(String nonce) {
    return nonces.contains(nonce);
  }

  @Override
  public int startsSince(String action, Instant since) {
    return (int)
        starts.stream()
            .filter(started -> started.action().equals(action) && started.at().isAfter(since))
            .count();
  }

  /// Remembers that a plan is about to be executed; on the disk when this returns.
  void start(Started started) throws IOException {
    append(started);
  }

  void running(Running running) throws IOException {
    append(running);
  }

  void finish(Finished finished) throws IOException {
    append(finished);
  }

  void handed(String plan) throws IOException {
    append(new Handed(plan));
  }

  /// Plans that were begun and whose end nobody wrote: the process that ran them died.
  List<Started> unfinished() {
    return List.copyOf(unfinished.values());
  }

  /// The process group that was started for a plan.
  Optional<Running> groupOf(String plan) {
    return Optional.ofNullable(groups.get(plan));
  }

  /// Outcomes that the daemon has not taken yet.
  List<Finished> unhanded() {
    return List.copyOf(unhanded.values());
  }

  @Override
  public void close() throws IOException {
    file.close();
    lockChannel.close();
  }
}
