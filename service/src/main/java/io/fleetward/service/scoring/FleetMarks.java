package io.fleetward.service.scoring;

import io.fleetward.service.fleet.FleetPlan;
import io.fleetward.service.fleet.FleetRecord;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/// Tells the second stage how far one partition of the metrics topic has come, so that its ticks
/// need not wait for hosts that have nothing to tell. On the stream thread.
final class FleetMarks {
  private final int partition;
  private long markedTick = Long.MIN_VALUE;
  private long busyAt = Long.MIN_VALUE;
  private long newest = Long.MIN_VALUE / 2;

  /// Takes a record for the second stage.
  interface Sink {
    void send(String key, FleetRecord record);
  }

  FleetMarks(int partition) {
    this.partition = partition;
  }

  int partition() {
    return partition;
  }

  /// How often [#looked] is to be called.
  static Duration lookEvery(FleetPlan plan) {
    Duration quarter = plan.settings().interval().dividedBy(4);
    Duration second = Duration.ofSeconds(1);
    return quarter.compareTo(second) < 0 ? second : quarter;
  }

  /// Hears of a record of the partition, after what it yields was sent.
  ///
  /// @param appendedAt the broker's ms
  /// @param nowMillis this machine's
  /// @param told who was sent something of the record
  void heard(FleetPlan plan, long appendedAt, long nowMillis, Set<String> told, Sink sink) {
    busyAt = nowMillis;
    newest = Math.max(newest, appendedAt);
    long tick = plan.settings().tickBefore(appendedAt);
    if (tick > markedTick) {
      markedTick = tick;
      Set<String> rest = new LinkedHashSet<>(plan.components().keySet());
      rest.removeAll(told);
      rest.forEach(key -> sink.send(key, new FleetRecord.Mark(partition, appendedAt)));
    }
  }

  /// What the partition has come to: the broker's time of its newest record, or this machine's if
  /// nothing comes.
  long brokerMillis(FleetPlan plan, long nowMillis) {
    return isSilent(plan, nowMillis) ? Math.max(newest, nowMillis) : newest;
  }

  private boolean isSilent(FleetPlan plan, long nowMillis) {
    return busyAt != Long.MIN_VALUE
        && nowMillis - busyAt >= 2 * plan.settings().interval().toMillis();
  }

  /// Looks whether the partition is silent. Only then is this machine's clock asked, and what
  /// follows is written down with the broker's time, so that reading it again gives the same.
  void looked(FleetPlan plan, long nowMillis, Sink sink) {
    if (busyAt == Long.MIN_VALUE) {
      busyAt = nowMillis;
    }
    if (isSilent(plan, nowMillis)) {
      plan.components().keySet().forEach(key -> sink.send(key, new FleetRecord.Silent(partition)));
    }
  }
}
