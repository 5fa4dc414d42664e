package io.fleetward.service.scoring;

import io.fleetward.protocol.metrics.RemoteWriteDecoder.Version;
import io.fleetward.protocol.metrics.WriteRequest;
import io.fleetward.rules.engine.HostRules;
import io.fleetward.rules.engine.RulePlan;
import io.fleetward.service.scoring.HostStore.Kind;
import io.fleetward.service.scoring.StoredScrape.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How one host's samples survive: now and then a snapshot of all that its rules still see, and
/// every record since, as what changed from the one before. On the stream thread.
final class HostJournal {
  private static final Logger log = LoggerFactory.getLogger(HostJournal.class);

  /// From one snapshot to the next; as many entries are overwritten in turn.
  static final int RECORDS = 64;

  private final HostStore store;
  private final String instance;
  private final ScrapeChanges changes = new ScrapeChanges();

  /// Hosts take turns with their snapshots.
  private final int turn;

  private long next;
  private boolean hasSnapshot;

  /// Whether the scrape to be kept next was remembered.
  private boolean remembered;

  /// Whether scrapes lie in the store as former versions kept them.
  private boolean hasFormer;

  private long restoredTick = Long.MIN_VALUE;

  HostJournal(HostStore store, String instance) {
    this.store = store;
    this.instance = instance;
    this.turn = Math.floorMod(instance.hashCode(), RECORDS);
  }

  /// Remembers a scrape that is kept whole, so that what follows it can be kept as changes.
  ///
  /// @param slots by which scrapes of its layout are known
  void remember(WriteRequest request, int[] slots) {
    changes.remember(request, slots);
    remembered = true;
  }

  /// Forgets the scrape before, since this one has no layout.
  void forget() {
    changes.clear();
  }

  /// Keeps a record.
  ///
  /// @param body the record as it came
  void keep(
      long tick,
      Version version,
      Samples samples,
      byte[] body,
      long[] models,
      List<Verdict> verdicts) {
    if (samples instanceof Samples.Labelled && !remembered) {
      changes.clear();
    }
    remembered = false;
    Optional<byte[]> changed =
        samples instanceof Samples.Slotted slotted ? changes.write(slotted) : Optional.empty();
    StoredScrape scrape =
        new StoredScrape(
            next,
            tick,
            version,
            changed.isPresent() ? Form.CHANGES : Form.WHOLE,
            models,
            verdicts,
            changed.orElse(body));
    store.put(Kind.RECORD, next % RECORDS, scrape.toBytes());
    next++;
  }

  /// Takes a snapshot if it is this host's turn; to be called when a record is done with.
  ///
  /// @param lastTick the host's newest
  void snapshotIfDue(HostRules rules, long lastTick) {
    if (next % RECORDS != turn && !hasFormer) {
      return;
    }
    HostSnapshot.of(rules, next - 1, lastTick).put(store);
    changes.clear();
    if (hasFormer) {
      List<Long> former = new ArrayList<>();
      store.forEach(Kind.SCRAPE, 0, Long.MAX_VALUE, (number, _) -> former.add(number));
      former.forEach(number -> store.delete(Kind.SCRAPE, number));
      hasFormer = false;
    }
  }

  /// What the rules of a host saw at its newest snapshot; nothing if there is none that can be
  /// read.
  HostRules restoredRules(RulePlan plan) {
    HostRules rules = new HostRules(plan, instance);
    Optional<HostSnapshot> snapshot = HostSnapshot.get(store);
    if (snapshot.isEmpty()) {
      return rules;
    }
    try {
      snapshot.get().restore(rules);
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      log.atWarn()
          .addKeyValue("instance", instance)
          .setCause(e)
          .log("a host's snapshot cannot be read; its rules begin with its latest records");
      return new HostRules(plan, instance);
    }
    hasSnapshot = true;
    next = snapshot.get().number() + 1;
    restoredTick = snapshot.get().tick();
    return rules;
  }

  /// The host's newest tick at the snapshot.
  long restoredTick() {
    return restoredTick;
  }

  /// The records since the snapshot, oldest first. To be called once.
  List<StoredScrape> records() {
    List<StoredScrape> records = new ArrayList<>();
    if (!hasSnapshot) {
      store.forEach(
          Kind.SCRAPE,
          0,
          Long.MAX_VALUE,
          (_, bytes) -> StoredScrape.fromBytes(bytes).ifPresent(records::add));
      hasFormer = !records.isEmpty();
    }
    TreeMap<Long, StoredScrape> ring = new TreeMap<>();
    store.forEach(
        Kind.RECORD,
        0,
        RECORDS,
        (_, bytes) -> StoredScrape.fromBytes(bytes).ifPresent(one -> ring.put(one.number(), one)));
    for (StoredScrape scrape : ring.tailMap(next).values()) {
      boolean goesOn = scrape.number() == next;
      if (goesOn || (!hasSnapshot && scrape.form() == Form.WHOLE)) {
        records.add(scrape);
        next = scrape.number() + 1;
      }
    }
    return records;
  }

  /// The bits of all values of a scrape that is kept as changes from the one before.
  long[] read(StoredScrape scrape) {
    return changes.read(scrape.body());
  }
}
