package io.fleetward.service.fleet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Samples that have arrived and wait for their tick: what a tick sees depends on when the broker
/// took records in, not on the order in which partitions are read. Confined to one thread.
public final class Arrivals {
  private final PriorityQueue<Arrival> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Arrival::at).thenComparingLong(Arrival::number));

  /// @param at what its partition had come to, in the broker's ms
  /// @param number in the order of arrival
  public record Arrival(long at, long number, FleetRecord.Samples samples) {}

  public void add(Arrival arrival) {
    waiting.add(arrival);
  }

  /// Takes out what came up to a time, in the order in which it came.
  public List<Arrival> upTo(long timeMillis) {
    List<Arrival> due = new ArrayList<>();
    for (Arrival next = waiting.peek();
        next != null && next.at() <= timeMillis;
        next = waiting.peek()) {
      due.add(waiting.remove());
    }
    return due;
  }
}
