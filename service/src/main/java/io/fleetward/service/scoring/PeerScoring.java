package io.fleetward.service.scoring;

import io.fleetward.models.peers.PeerRow;
import io.fleetward.models.peers.PeerSeries;
import io.fleetward.models.peers.Peers;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.service.fleet.FleetSettings;
import io.fleetward.service.fleet.PeerPlan;
import io.fleetward.service.fleet.PeerRecord;
import io.fleetward.service.fleet.SampleBatch;
import io.fleetward.service.scoring.HostStore.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Compares the hosts of one class with each other, at every third tick. On the stream thread that
/// owns the class.
///
/// A comparison wants most of the class, not all of it: a host that is late is left out.
final class PeerScoring {
  private final PeerPlan plan;
  private final Peers peers;
  private final HostStore store;
  private final long cell;
  private final long grace;
  private final ArrayDeque<Kept> kept = new ArrayDeque<>();
  private long next;
  private long newest = Long.MIN_VALUE;
  private long lastTick = Long.MIN_VALUE;

  /// The series that were told at the tick before.
  private Map<String, Set<Labels>> told = new HashMap<>();

  private record Kept(long number, PeerRecord record) {}

  /// Takes what is found about a host.
  interface Output {
    /// @param body a remote-write 2.0 request
    void result(String instance, byte[] body, long tick);
  }

  PeerScoring(PeerPlan plan, FleetSettings settings, HostStore store) {
    this.plan = plan;
    this.peers = new Peers(plan.specification());
    this.store = store;
    this.cell = PeerPlan.cellMillis(settings);
    this.grace = settings.grace().toMillis();
  }

  void take(PeerRecord record, byte[] bytes, Output output) {
    if (record.features() != plan.identity()) {
      return;
    }
    store.put(Kind.FORWARDED, next, bytes);
    remember(new Kept(next, record));
    long complete = Math.floorDiv(newest - grace, cell) * cell;
    if (lastTick == Long.MIN_VALUE) {
      lastTick = complete;
    } else if (complete > lastTick) {
      // a gap holds no rows to compare: only its end counts
      compare(complete, output);
      lastTick = complete;
      forget();
    }
  }

  private void remember(Kept one) {
    kept.addLast(one);
    next = one.number() + 1;
    newest = Math.max(newest, one.record().appendedAt());
  }

  private void compare(long tick, Output output) {
    Map<String, PeerRecord> rows = new TreeMap<>();
    for (Kept each : kept) {
      long at = each.record().appendedAt();
      if (at > tick + grace - 2 * cell && at <= tick + grace) {
        rows.put(each.record().instance(), each.record());
      }
    }
    Map<String, Set<Labels>> now = new HashMap<>();
    Map<String, SampleBatch> batches = new TreeMap<>();
    List<PeerRow> compared = new ArrayList<>();
    rows.values().forEach(row -> compared.add(new PeerRow(row.instance(), row.values())));
    for (var assessment : peers.compare(compared)) {
      String instance = assessment.instance();
      PeerRecord row = rows.get(instance);
      PeerSeries.tell(
          assessment,
          row == null ? Double.NaN : row.ownScore(),
          (series, value) -> {
            now.computeIfAbsent(instance, _ -> new HashSet<>()).add(series);
            batch(batches, instance).add(series, tick, value);
          });
    }
    // what cannot be told any more ends, lest a rule read an old one
    told.forEach((instance, before) -> {
      for (Labels series : before) {
        if (!now.getOrDefault(instance, Set.of()).contains(series)) {
          batch(batches, instance).add(series, tick, StaleMarker.VALUE);
        }
      }
    });
    told = now;
    batches.forEach(
        (instance, batch) -> batch.drain().forEach(body -> output.result(instance, body, tick)));
  }

  private static SampleBatch batch(Map<String, SampleBatch> batches, String instance) {
    return batches.computeIfAbsent(instance, _ -> new SampleBatch());
  }

  private void forget() {
    while (!kept.isEmpty()
        && kept.getFirst().record().appendedAt() <= lastTick + grace - 2 * cell) {
      store.delete(Kind.FORWARDED, kept.removeFirst().number());
    }
  }

  /// Rebuilds what a former owner had, the series it told at its last tick included.
  void restore() {
    store.forEach(
        Kind.FORWARDED,
        0,
        Long.MAX_VALUE,
        (number, bytes) ->
            PeerRecord.fromBytes(bytes)
                .filter(record -> record.features() == plan.identity())
                .ifPresentOrElse(
                    record -> remember(new Kept(number, record)),
                    () -> store.delete(Kind.FORWARDED, number)));
    if (!kept.isEmpty()) {
      lastTick = Math.floorDiv(newest - grace, cell) * cell;
      compare(lastTick, (_, _, _) -> {});
    }
  }
}
