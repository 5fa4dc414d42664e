package io.fleetward.rules.histogram;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/// The buckets on one side of zero by ascending index; an index that is not there counts nothing.
/// Immutable.
public final class Buckets {
  public static final Buckets NONE = new Buckets(new int[0], new double[0]);

  private final int[] indexes;
  private final double[] counts;

  private Buckets(int[] indexes, double[] counts) {
    this.indexes = indexes;
    this.counts = counts;
  }

  /// Buckets side by side, the first with index `offset`.
  public static Buckets from(int offset, double... counts) {
    int[] indexes = new int[counts.length];
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = offset + i;
    }
    return new Buckets(indexes, counts.clone());
  }

  static Buckets of(SortedMap<Integer, Double> counts) {
    int[] indexes = counts.keySet().stream().mapToInt(Integer::intValue).toArray();
    double[] values = counts.values().stream().mapToDouble(Double::doubleValue).toArray();
    return new Buckets(indexes, values);
  }

  /// How many buckets there are, empty ones included.
  public int size() {
    return indexes.length;
  }

  public boolean isEmpty() {
    return indexes.length == 0;
  }

  /// @param position from 0
  public int index(int position) {
    return indexes[position];
  }

  /// @param position from 0
  public double count(int position) {
    return counts[position];
  }

  /// The count of the bucket with an index.
  double at(int index) {
    int position = Arrays.binarySearch(indexes, index);
    return position < 0 ? 0 : counts[position];
  }

  Buckets with(DoubleUnaryOperator change) {
    return new Buckets(indexes, Arrays.stream(counts).map(change).toArray());
  }

  /// Without buckets that count nothing.
  Buckets compacted() {
    SortedMap<Integer, Double> populated = new TreeMap<>();
    for (int i = 0; i < indexes.length; i++) {
      if (counts[i] != 0) {
        populated.put(indexes[i], counts[i]);
      }
    }
    return populated.size() == indexes.length ? this : of(populated);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Buckets buckets
        && Arrays.equals(indexes, buckets.indexes)
        && Arrays.equals(counts, buckets.counts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(indexes) + Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return Arrays.toString(indexes) + Arrays.toString(counts);
  }
}
