package io.fleetward.rules.evaluation;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.histogram.HistogramTable;
import io.fleetward.rules.histogram.NativeHistogram;
import io.fleetward.rules.language.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// The histograms of a vector: classic ones, whose buckets are series with a label `le`, and native
/// ones. Confined to one thread, used again for each time.
final class Subjects {
  private static final String BOUND_LABEL = "le";

  private final VectorNode operand;
  private final String place;
  private final Shape shape;
  private final List<Classic> classics;

  /// Rows whose bound cannot be read.
  private final int[] malformed;

  /// For each row of the operand the classic histogram with the same labels, -1 for none; empty
  /// where there are no native ones.
  private final int[] twins;

  /// Native histograms that have a classic one beside them, so that neither can be meant.
  private final boolean[] isAmbiguous;

  /// The rows of the operand that belong to one histogram, bounds ascending.
  @SuppressWarnings("ArrayRecordComponent") // stays within this package, never compared
  private record Classic(int[] rows, double[] bounds, ClassicBuckets buckets) {
    static Classic of(List<Bucket> buckets) {
      buckets.sort(Comparator.comparingDouble(Bucket::bound));
      return new Classic(
          buckets.stream().mapToInt(Bucket::row).toArray(),
          buckets.stream().mapToDouble(Bucket::bound).toArray(),
          new ClassicBuckets(buckets.size()));
    }
  }

  private record Bucket(int row, double bound) {}

  /// @param place of the operand, for annotations
  /// @param hasNative whether there may be native histograms
  Subjects(VectorNode operand, String place, boolean hasNative) {
    this.operand = operand;
    this.place = place;
    Map<Labels, List<Bucket>> found = new LinkedHashMap<>();
    List<Integer> withoutBound = new ArrayList<>();
    for (int row = 0; row < operand.size(); row++) {
      Labels labels = operand.shape().labels(row);
      OptionalDouble bound = Numbers.parse(labels.value(BOUND_LABEL));
      if (bound.isPresent()) {
        found
            .computeIfAbsent(labels.without(BOUND_LABEL), _ -> new ArrayList<>())
            .add(new Bucket(row, bound.getAsDouble()));
      } else {
        withoutBound.add(row);
      }
    }
    this.malformed = withoutBound.stream().mapToInt(Integer::intValue).toArray();
    this.classics = found.values().stream().map(Classic::of).toList();
    List<Labels> labels = new ArrayList<>(found.keySet());
    this.twins = hasNative ? twins(labels) : new int[0];
    for (int row = 0; row < twins.length; row++) {
      labels.add(operand.shape().labels(row));
    }
    this.isAmbiguous = new boolean[twins.length];
    this.shape = Shape.of(labels.toArray(Labels[]::new));
  }

  private int[] twins(List<Labels> ofClassics) {
    Map<Labels, Integer> positions = new HashMap<>();
    for (int i = 0; i < ofClassics.size(); i++) {
      positions.put(ofClassics.get(i), i);
    }
    int[] result = new int[operand.size()];
    for (int row = 0; row < result.length; row++) {
      result[row] = positions.getOrDefault(operand.shape().labels(row), -1);
    }
    return result;
  }

  /// The labels of each histogram.
  Shape shape() {
    return shape;
  }

  /// Finds out which histograms are there.
  void prepare(Tick tick) {
    operand.evaluate(tick);
    for (int row : malformed) {
      if (operand.hasNumber(row)) {
        Annotations.malformedBound(operand.shape().labels(row), place, tick);
      }
    }
    classics.forEach(this::fill);
    for (int row = 0; row < twins.length; row++) {
      boolean hasTwin = twins[row] >= 0 && !classics.get(twins[row]).buckets().isEmpty();
      if (isNative(row) && hasTwin) {
        Annotations.mixedClassicAndNative(operand.shape().labels(row), place, tick);
        classics.get(twins[row]).buckets().restart();
      }
      isAmbiguous[row] = hasTwin;
    }
  }

  private void fill(Classic classic) {
    classic.buckets().restart();
    for (int i = 0; i < classic.rows().length; i++) {
      int row = classic.rows()[i];
      if (operand.hasNumber(row)) {
        classic.buckets().add(classic.bounds()[i], operand.values[row]);
      }
    }
  }

  private boolean isNative(int row) {
    return HistogramTable.isHandle(operand.values[row]);
  }

  boolean isClassic(int subject) {
    return subject < classics.size();
  }

  boolean has(int subject) {
    return isClassic(subject)
        ? !classics.get(subject).buckets().isEmpty()
        : isNative(subject - classics.size()) && !isAmbiguous[subject - classics.size()];
  }

  ClassicBuckets classic(int subject) {
    return classics.get(subject).buckets();
  }

  NativeHistogram nativeHistogram(int subject, Tick tick) {
    return tick.histograms().get(operand.values[subject - classics.size()]);
  }

  /// The labels of a histogram with its metric name, for annotations.
  Labels labels(int subject) {
    return shape.labels(subject);
  }
}
