package io.fleetward.agent.series;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.Scrape;
import io.fleetward.protocol.metrics.SeriesLayout;
import io.fleetward.protocol.metrics.StaleMarker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// All series that a host reports at present. The layout object stays the same while no series
/// comes or goes; a series that ends gets one stale marker. Confined to the collecting thread.
public final class SeriesTable {
  private final String instance;
  private final List<Slot> arriving = new ArrayList<>();
  private List<Slot> alive = new ArrayList<>();
  private SeriesLayout layout = new SeriesLayout(List.of());
  private boolean someEnded;
  private long round = 1;

  /// @param instance the label that every series carries
  public SeriesTable(String instance) {
    this.instance = instance;
  }

  /// Makes a slot for a series; nothing is reported until it is set.
  ///
  /// @param namesAndValues labels besides the name and `instance`, in turn
  public Slot slot(String metricName, String... namesAndValues) {
    TreeMap<String, String> labels = new TreeMap<>();
    labels.put(Labels.METRIC_NAME, metricName);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      labels.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    labels.put(Labels.INSTANCE, instance);
    return new Slot(this, Labels.from(labels));
  }

  /// Makes a slot for a series with these labels, and `instance`.
  public Slot slot(Labels labels) {
    return new Slot(this, labels.with(Labels.INSTANCE, instance));
  }

  /// Ends the present scrape and begins the next.
  ///
  /// @param timeMillis when it was taken, on the host's clock
  public Scrape take(long timeMillis) {
    if (someEnded || !arriving.isEmpty()) {
      layOut();
    }
    double[] values = new double[alive.size()];
    someEnded = false;
    for (int i = 0; i < values.length; i++) {
      Slot slot = alive.get(i);
      boolean isSet = slot.isSetIn(round);
      values[i] = isSet ? slot.value() : StaleMarker.VALUE;
      someEnded |= !isSet;
    }
    round++;
    return new Scrape(layout, timeMillis, values);
  }

  /// Keeps what was set now or in the scrape before (whose end has yet to be told). Where two slots
  /// have the same labels, as when a device goes and comes back, the one that was set counts.
  private void layOut() {
    Map<Labels, Slot> kept = LinkedHashMap.newLinkedHashMap(alive.size() + arriving.size());
    for (Slot slot : alive) {
      if (slot.isSetIn(round) || slot.isSetIn(round - 1)) {
        keep(kept, slot);
      } else {
        slot.position = Slot.NOWHERE;
      }
    }
    arriving.forEach(slot -> keep(kept, slot));
    arriving.clear();
    alive = List.copyOf(kept.values());
    for (int i = 0; i < alive.size(); i++) {
      alive.get(i).position = i;
    }
    List<Labels> series = alive.stream().map(Slot::labels).toList();
    if (!series.equals(layout.series())) {
      // else it was only one of two slots for the same series that came and went
      layout = new SeriesLayout(series);
    }
  }

  private void keep(Map<Labels, Slot> kept, Slot slot) {
    Slot other = kept.get(slot.labels());
    boolean isKept = other == null || !other.isSetIn(round);
    if (isKept) {
      kept.put(slot.labels(), slot);
    }
    Slot left = isKept ? other : slot;
    if (left != null) {
      // it arrives again when it is set in another scrape
      left.position = Slot.NOWHERE;
    }
  }

  long round() {
    return round;
  }

  void arrive(Slot slot) {
    slot.position = Integer.MAX_VALUE;
    arriving.add(slot);
  }
}
