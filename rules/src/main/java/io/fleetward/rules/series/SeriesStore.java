package io.fleetward.rules.series;

import io.fleetward.protocol.labels.LabelMatcher;
import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.histogram.NativeHistogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// All series of one host, or of one test. Confined to one thread.
public final class SeriesStore {
  private final Retention retention;
  private final HostLabels hostLabels;
  private final String host;
  private final SharedTimes times = new SharedTimes();
  private final SlotTable table = new SlotTable();
  private final List<@Nullable Series> slots = new ArrayList<>();
  private final BitSet free = new BitSet();

  /// Selections that ask for one metric name, by that name; the others under the empty name.
  private final Map<String, List<Selection>> selections = new HashMap<>();

  private long version;

  /// Histograms and start times; null while all samples are plain numbers.
  private @Nullable RichSamples rich;

  /// Hears of every sample that is stored; null if nobody listens.
  private @Nullable SampleListener listener;

  /// A store for the series of many hosts.
  public SeriesStore(Retention retention) {
    this(retention, new HostLabels(), "");
  }

  /// A store for the series of one host.
  ///
  /// @param hostLabels shared with other hosts' stores
  /// @param host the value of the label `instance`
  public SeriesStore(Retention retention, HostLabels hostLabels, String host) {
    this.retention = retention;
    this.hostLabels = hostLabels;
    this.host = host;
  }

  /// The value of the label `instance` if all series are one host's; else empty.
  public String host() {
    return host;
  }

  /// The slot of a series, which is made if it is new. A slot stays valid while [#version] stays
  /// the same.
  public int slot(Labels labels) {
    int known = table.find(labels, slots, host);
    if (known != SlotTable.NONE) {
      return known;
    }
    Labels pattern = hostLabels.pattern(labels, host);
    Keeping keeping = retention.keeping(labels);
    return add(new Series(pattern, labels.hashCode(), keeping, times.none()), labels);
  }

  private int add(Series series, Labels labels) {
    int slot = free.nextSetBit(0);
    if (slot < 0) {
      slot = slots.size();
      slots.add(series);
    } else {
      free.clear(slot);
      slots.set(slot, series);
    }
    table.add(slot, labels.hashCode(), slots);
    for (Selection selection : concerning(labels)) {
      if (selection.selects(labels)) {
        selection.came(series);
      }
    }
    return slot;
  }

  /// Takes over the series of another store of the same host, kept as this one's retention asks;
  /// the other must not be used any more. Cheap if what is selected was selected before.
  public void take(SeriesStore former) {
    for (Series series : former.slots) {
      if (series != null) {
        Labels labels = HostLabels.of(series.pattern(), host);
        add(series.keptAs(retention.keeping(labels), times), labels);
      }
    }
  }

  /// Hands over every sample that is kept.
  public void visit(SampleVisitor visitor) {
    BlockReader reader = new BlockReader();
    Collected collected = new Collected();
    for (Series series : slots) {
      if (series != null && !series.isEmpty()) {
        collected.size = 0;
        series.read(reader, collected);
        Labels labels = HostLabels.of(series.pattern(), host);
        visitor.series(labels, collected.times, collected.values, collected.size);
      }
    }
  }

  /// The samples of one series, used again for the next.
  private static final class Collected implements Block.Sink {
    private long[] times = new long[64];
    private double[] values = new double[64];
    private int size;

    @Override
    public void add(long timeMillis, double value) {
      if (size == times.length) {
        times = Arrays.copyOf(times, 2 * size);
        values = Arrays.copyOf(values, 2 * size);
      }
      times[size] = timeMillis;
      values[size++] = value;
    }

    @Override
    public void mark(long timeMillis) {
      add(timeMillis, StaleMarker.VALUE);
    }
  }

  /// The slot of a series, empty if there is no such series.
  public OptionalInt find(Labels labels) {
    int known = table.find(labels, slots, host);
    return known == SlotTable.NONE ? OptionalInt.empty() : OptionalInt.of(known);
  }

  /// Changes whenever a series was forgotten.
  public long version() {
    return version;
  }

  public int size() {
    return table.size();
  }

  /// @throws IllegalArgumentException if no series has this slot
  public Series series(int slot) {
    Series series = slot < slots.size() ? slots.get(slot) : null;
    if (series == null) {
      throw new IllegalArgumentException("no series has slot " + slot);
    }
    return series;
  }

  /// Appends a sample to a series.
  public Appended append(int slot, long timeMillis, double value) {
    Appended appended = series(slot).append(timeMillis, value, times);
    if (listener != null && appended == Appended.STORED) {
      listener.stored(slot, timeMillis, value);
    }
    return appended;
  }

  /// Lets a listener hear of every number that is stored from now on; histograms are not told.
  ///
  /// @param listener null to tell nobody any more
  public void listen(@Nullable SampleListener listener) {
    this.listener = listener;
  }

  /// The labels of the series that has a slot.
  public Labels labels(int slot) {
    return HostLabels.of(series(slot).pattern(), host);
  }

  /// Appends a histogram to a series.
  public Appended append(int slot, long timeMillis, NativeHistogram histogram) {
    Series series = series(slot);
    boolean goesOn = !series.isEmpty() && series.newestTime() < timeMillis;
    double handle = rich().handle(goesOn ? series.last() : 0, histogram);
    return series.append(timeMillis, handle, times);
  }

  /// Says since when a counter has counted that has a sample at a time.
  public void startedAt(int slot, long timeMillis, long startMillis) {
    rich().startedAt(series(slot), timeMillis, startMillis);
  }

  private RichSamples rich() {
    if (rich == null) {
      rich = new RichSamples();
    }
    return rich;
  }

  /// Histograms and start times; empty while all samples are plain numbers.
  public Optional<RichSamples> richSamples() {
    return Optional.ofNullable(rich);
  }

  /// The series that satisfy all matchers, kept up to date from now on.
  public Selection select(List<LabelMatcher> matchers) {
    String name = Retention.metricName(matchers);
    List<Selection> ofName = selections.computeIfAbsent(name, _ -> new ArrayList<>(1));
    for (Selection known : ofName) {
      if (known.matchers().equals(matchers)) {
        return known;
      }
    }
    Selection selection = newSelection(matchers);
    ofName.add(selection);
    return selection;
  }

  private Selection newSelection(List<LabelMatcher> matchers) {
    Selection selection = new Selection(matchers, host);
    for (Series series : slots) {
      if (series != null && selection.selects(HostLabels.of(series.pattern(), host))) {
        selection.came(series);
      }
    }
    return selection;
  }

  private List<Selection> concerning(Labels labels) {
    List<Selection> named = selections.getOrDefault(labels.metricName(), List.of());
    List<Selection> unnamed = selections.getOrDefault("", List.of());
    if (unnamed.isEmpty() || labels.metricName().isEmpty()) {
      return named;
    }
    List<Selection> both = new ArrayList<>(named);
    both.addAll(unnamed);
    return both;
  }

  /// Forgets series whose newest sample is older than the retention, and series without samples.
  public void forgetUnseen(long nowMillis) {
    long before = version;
    for (int slot = 0; slot < slots.size(); slot++) {
      Series series = slots.get(slot);
      if (series != null && series.isForgotten(nowMillis)) {
        slots.set(slot, null);
        series.release();
        free.set(slot);
        Labels labels = HostLabels.of(series.pattern(), host);
        concerning(labels).forEach(selection -> selection.went(series));
        version++;
      }
    }
    if (version != before) {
      table.rebuild(slots);
    }
  }
}
