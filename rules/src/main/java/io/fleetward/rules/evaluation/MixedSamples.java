package io.fleetward.rules.evaluation;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.histogram.HistogramTable;
import io.fleetward.rules.histogram.NativeHistogram;
import io.fleetward.rules.series.Window;

/// The samples that a function over a range looks at, which may be numbers and histograms, with
/// what remarks about them need. Confined to one thread, used again for each range.
final class MixedSamples {
  private final RangeNode source;
  private final String place;
  private final Window numbers = new Window();
  private Window window = new Window();
  private int row;
  private int histograms;

  /// Set by [#look]; before that there is nothing to look at.
  private Tick tick = new Tick(0, 0, 0, 0, false);

  /// @param place of the range, for annotations
  MixedSamples(RangeNode source, String place) {
    this.source = source;
    this.place = place;
  }

  /// Looks at the samples of a row.
  void look(int newRow, Tick newTick) {
    row = newRow;
    tick = newTick;
    window = source.window(row, tick);
    histograms = 0;
    for (int i = 0; i < window.size(); i++) {
      histograms += HistogramTable.isHandle(window.value(i)) ? 1 : 0;
    }
  }

  /// Looks at the same samples from a position on.
  void skip(int count) {
    numbers.clear();
    for (int i = count; i < window.size(); i++) {
      numbers.add(window.time(i), window.value(i));
    }
    window = numbers;
  }

  int size() {
    return window.size();
  }

  /// All samples, histograms as their handles.
  Window all() {
    return window;
  }

  /// The samples that are numbers.
  Window numbers() {
    if (histograms == 0) {
      return window;
    }
    numbers.clear();
    for (int i = 0; i < window.size(); i++) {
      if (!isHistogram(i)) {
        numbers.add(window.time(i), window.value(i));
      }
    }
    return numbers;
  }

  boolean hasHistograms() {
    return histograms > 0;
  }

  boolean hasNumbers() {
    return histograms < window.size();
  }

  boolean isHistogram(int position) {
    return HistogramTable.isHandle(window.value(position));
  }

  long time(int position) {
    return window.time(position);
  }

  double number(int position) {
    return window.value(position);
  }

  NativeHistogram histogram(int position) {
    return tick.histograms().get(window.value(position));
  }

  int last() {
    return window.size() - 1;
  }

  /// Whether the counter began anew between a sample and the one before it: its value fell, or it
  /// says so.
  boolean isReset(int position) {
    if (isResetByStart(position)) {
      return true;
    }
    return isHistogram(position)
        ? histogram(position).isResetAfter(histogram(position - 1))
        : number(position) < number(position - 1);
  }

  /// Whether the start of the counter says that it began anew since the sample before.
  boolean isResetByStart(int position) {
    long now = start(position);
    long before = start(position - 1);
    long timeBefore = time(position - 1);
    boolean isKnown = now != 0 && now < time(position) && now >= timeBefore;
    // one that starts at the sample before counts on from there, unless that one had no start
    boolean isDelta = before != 0 && before < timeBefore;
    return isKnown && (now > timeBefore || isDelta);
  }

  /// Whether some counter started within the time of the one before it.
  boolean hasOverlappingStarts() {
    for (int i = 1; i < size() && tick.hasStarts(); i++) {
      long now = start(i);
      if (now != 0 && now < time(i - 1) && now != start(i - 1)) {
        return true;
      }
    }
    return false;
  }

  /// Since when the counter has counted at a sample; 0 if that is not known.
  long start(int position) {
    return source.start(row, time(position), tick);
  }

  Tick tick() {
    return tick;
  }

  String place() {
    return place;
  }

  Labels labels() {
    return source.shape().labels(row);
  }

  double kept(NativeHistogram histogram) {
    return tick.histograms().add(histogram);
  }
}
