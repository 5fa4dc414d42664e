package io.fleetward.agent.action;

import io.fleetward.agent.action.JournalEntry.Began;
import io.fleetward.agent.action.JournalEntry.Counted;
import io.fleetward.agent.action.JournalEntry.Finished;
import io.fleetward.agent.action.JournalEntry.Handed;
import io.fleetward.agent.action.JournalEntry.Running;
import io.fleetward.agent.action.JournalEntry.Seen;
import io.fleetward.agent.action.JournalEntry.Started;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What this host has begun and how it ended: nonces, attempts, budgets. What was handed over is
/// forgotten but for what a later plan can be judged by. Who holds it open is the only one who may
/// act. Confined to one thread.
final class Journal implements Ledger, AutoCloseable {
  private static final String FILE = "journal";
  private static final String LOCK = "journal.lock";

  /// So many outcomes, each with its output, may lie in the file that are needed no more.
  private static final int MOST_SPENT = 64;

  /// Plans live for a minute; whatever is older than this is refused for its age.
  private static final Duration REACH = Duration.ofDays(1);

  private final FileChannel lockChannel;
  private final JournalFile file;
  private final Map<String, Instant> nonces = new LinkedHashMap<>();
  private final Map<String, List<Instant>> starts = new TreeMap<>();
  private final Map<String, Started> unfinished = new LinkedHashMap<>();
  private final Map<String, Running> groups = new LinkedHashMap<>();
  private final Map<String, Finished> unhanded = new LinkedHashMap<>();
  private Instant beganAt = Instant.MAX;
  private int spent;

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
    file.readAll(this::apply);
    if (beganAt.equals(Instant.MAX)) {
      append(new Began(now));
    }
    if (spent >= MOST_SPENT && unfinished.isEmpty()) {
      shrink();
    }
  }

  /// Leaves out what was handed over. Nonces go only once a plan of their time is refused for being
  /// older than the journal; that time follows from what was begun, not from a clock that may be
  /// wrong now.
  private void shrink() throws IOException {
    Instant reach =
        starts.values().stream()
            .flatMap(List::stream)
            .max(Comparator.naturalOrder())
            .map(newest -> newest.minus(REACH))
            .filter(beganAt::isBefore)
            .orElse(beganAt);
    beganAt = reach;
    nonces.values().removeIf(at -> at.isBefore(reach.minus(REACH)));
    starts.replaceAll((_, all) ->
        new ArrayList<>(all.subList(Math.max(0, all.size() - Budget.MOST), all.size())));
    List<JournalEntry> kept = new ArrayList<>();
    kept.add(new Began(beganAt));
    nonces.forEach((nonce, at) -> kept.add(new Seen(nonce, at)));
    starts.forEach((action, all) -> kept.add(new Counted(action, all)));
    kept.addAll(unhanded.values());
    if (file.replaceAll(kept.iterator())) {
      spent = 0;
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
        nonces.put(started.nonce(), started.at());
        startsOf(started.action()).add(started.at());
        unfinished.put(started.plan(), started);
      }
      case Running running -> groups.put(running.plan(), running);
      case Finished finished -> {
        unfinished.remove(finished.plan());
        groups.remove(finished.plan());
        unhanded.put(finished.plan(), finished);
      }
      case Handed handed -> {
        unhanded.remove(handed.plan());
        spent++;
      }
      case Seen seen -> nonces.put(seen.nonce(), seen.at());
      case Counted counted -> startsOf(counted.action()).addAll(counted.starts());
    }
  }

  private List<Instant> startsOf(String action) {
    return starts.computeIfAbsent(action, _ -> new ArrayList<>());
  }

  @Override
  public Instant beganAt() {
    return beganAt;
  }

  @Override
  public boolean hasSeen(String nonce) {
    return nonces.containsKey(nonce);
  }

  @Override
  public int startsSince(String action, Instant since) {
    return (int)
        starts.getOrDefault(action, List.of()).stream().filter(at -> at.isAfter(since)).count();
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
