package io.fleetward.models.stream;

import java.io.IOException;

/// A fixed number of rows, in their own units: an even sample of all that came, or the newest.
final class RowSample {
  private final int width;
  private final int capacity;
  private final float[] rows;
  private int count;
  private int next;
  private double offered;
  private long random;

  RowSample(int width, int capacity, long seed) {
    this.width = width;
    this.capacity = capacity;
    this.rows = new float[width * capacity];
    this.random = seed;
  }

  /// Offers a row for an even sample of all rows offered.
  ///
  /// @return the place it took, or -1
  int offer(double[] row, double weight) {
    offered += weight;
    if (count < capacity) {
      return weight >= 1 ? put(count, row) : -1;
    }
    if (nextRandom() * offered >= weight * capacity) {
      return -1;
    }
    return put((int) (nextRandom() * capacity), row);
  }

  /// Offers a row that takes the place of the oldest with this probability.
  ///
  /// @return the place it took, or -1
  int offerNewest(double[] row, double probability) {
    if (nextRandom() >= probability) {
      return -1;
    }
    int place = next;
    next = (next + 1) % capacity;
    return put(place, row);
  }

  private int put(int place, double[] row) {
    for (int i = 0; i < width; i++) {
      rows[place * width + i] = (float) row[i];
    }
    count = Math.max(count, place + 1);
    return place;
  }

  void read(int place, double[] row) {
    for (int i = 0; i < width; i++) {
      row[i] = rows[place * width + i];
    }
  }

  int count() {
    return count;
  }

  void clear() {
    count = 0;
    next = 0;
    offered = 0;
  }

  /// 0 to 1; a linear congruential generator, so that a restart continues it.
  private double nextRandom() {
    random = random * 6364136223846793005L + 1442695040888963407L;
    return (random >>> 11) * 0x1.0p-53;
  }

  void state(StateTape tape) throws IOException {
    count = tape.whole(count);
    next = tape.whole(next);
    offered = tape.number(offered);
    random = tape.whole(random);
    tape.numbers(rows);
  }
}
