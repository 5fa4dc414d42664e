package io.fleetward.models.host;

import io.fleetward.models.kmeans.FitRequest;
import io.fleetward.models.specification.ModelSpecification.KMeans;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Rows kept for refits, evenly spread over all that was learnt. Confined to one thread.
///
/// Every `stride`-th learnt row is kept. When all slots are taken the stride doubles, and new rows
/// replace, oldest first, those that the wider stride leaves out; at the widest stride the oldest
/// row goes. Values are kept as floats, which halves the memory of a fleet. Which rows are kept
/// depends only on how many came before.
final class TrainingRows {
  static final int NO_SLOT = -1;

  private static final long FREE = -1;
  private static final int LEAST_CAPACITY = 64;

  private final int width;
  private final int keep;
  private final int widestStride;
  private int stride = 1;
  private long firstRow;
  private long[] sequences = new long[0];
  private float[] values = new float[0];

  TrainingRows(int width, int keep, int widestStride) {
    this.width = width;
    this.keep = keep;
    this.widestStride = widestStride;
  }

  /// Keeps the row, or not.
  ///
  /// @param sequence how many rows were learnt before this one
  /// @return the slot it took, or [#NO_SLOT]
  int offer(long sequence, double[] row) {
    if (sequence % stride != 0) {
      return NO_SLOT;
    }
    int slot = slotFor(sequence);
    if (slot != NO_SLOT) {
      put(slot, sequence, row);
    }
    return slot;
  }

  private int slotFor(long sequence) {
    int free = firstFree();
    if (free < keep) {
      return free;
    }
    int leftOut = oldest(stride);
    while (leftOut == NO_SLOT && stride < widestStride) {
      stride *= 2;
      leftOut = oldest(stride);
    }
    if (sequence % stride != 0) {
      return NO_SLOT;
    }
    return leftOut == NO_SLOT ? oldest(0) : leftOut;
  }

  private int firstFree() {
    int slot = 0;
    while (slot < sequences.length && isTaken(slot)) {
      slot++;
    }
    return slot;
  }

  private boolean isTaken(int slot) {
    return sequences[slot] >= firstRow;
  }

  /// Forgets the rows before this one; their slots are free.
  void forgetBefore(long sequence) {
    firstRow = Math.max(firstRow, sequence);
  }

  /// The slot of the oldest row that this stride leaves out; a stride of 0 leaves out all.
  private int oldest(int leftOutBy) {
    int oldest = NO_SLOT;
    for (int slot = 0; slot < sequences.length; slot++) {
      long sequence = sequences[slot];
      if (isTaken(slot)
          && (leftOutBy == 0 || sequence % leftOutBy != 0)
          && (oldest == NO_SLOT || sequence < sequences[oldest])) {
        oldest = slot;
      }
    }
    return oldest;
  }

  private void put(int slot, long sequence, double[] row) {
    grow(slot + 1);
    sequences[slot] = sequence;
    for (int i = 0; i < width; i++) {
      values[slot * width + i] = (float) row[i];
    }
  }

  private void grow(int slots) {
    int capacity = sequences.length;
    if (slots <= capacity) {
      return;
    }
    int wanted = Math.min(keep, Math.max(Math.max(LEAST_CAPACITY, slots), 2 * capacity));
    sequences = Arrays.copyOf(sequences, wanted);
    Arrays.fill(sequences, capacity, wanted, FREE);
    values = Arrays.copyOf(values, wanted * width);
  }

  int size() {
    return slotsInOrder().length;
  }

  /// What to fit next, in the order of time.
  FitRequest request(KMeans specification, long learnt) {
    int[] slots = slotsInOrder();
    return new FitRequest(
        specification,
        Arrays.stream(slots).mapToObj(this::row).toArray(double[][]::new),
        Arrays.stream(slots).mapToLong(slot -> sequences[slot]).toArray(),
        learnt);
  }

  private int[] slotsInOrder() {
    return IntStream.range(0, sequences.length)
        .filter(this::isTaken)
        .boxed()
        .sorted(Comparator.comparingLong(slot -> sequences[slot]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private double[] row(int slot) {
    double[] row = new double[width];
    Arrays.setAll(row, i -> values[slot * width + i]);
    return row;
  }

  /// The row in a slot: its sequence number, then its values as floats.
  byte[] toBytes(int slot) {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + width * Float.BYTES);
    bytes.putLong(sequences[slot]);
    for (int i = 0; i < width; i++) {
      bytes.putFloat(values[slot * width + i]);
    }
    return bytes.array();
  }

  /// Puts back what [#toBytes] gave; false, and nothing changes, if that does not fit here.
  boolean restore(int slot, byte[] bytes) {
    if (slot < 0 || slot >= keep || bytes.length != Long.BYTES + width * Float.BYTES) {
      return false;
    }
    ByteBuffer from = ByteBuffer.wrap(bytes);
    long sequence = from.getLong();
    if (sequence < 0) {
      return false;
    }
    double[] row = new double[width];
    Arrays.setAll(row, _ -> from.getFloat());
    put(slot, sequence, row);
    return true;
  }
}
