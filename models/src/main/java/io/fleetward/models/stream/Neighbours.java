package io.fleetward.models.stream;

import java.io.IOException;
import java.util.Arrays;

/// Distance to the nearest of a number of remembered rows.
final class Neighbours {
  private final int width;
  private final int capacity;
  private final float[] rows; // rows[i * capacity + n]: channel i of row n
  private final float[] squared;
  private int count;
  private int nearest;

  Neighbours(int width, int capacity) {
    this.width = width;
    this.capacity = capacity;
    this.rows = new float[width * capacity];
    this.squared = new float[capacity];
  }

  void clear() {
    count = 0;
  }

  /// Puts a row into a place below [#count] or right at it.
  void put(int place, double[] standard) {
    for (int i = 0; i < width; i++) {
      rows[i * capacity + place] = (float) standard[i];
    }
    count = Math.max(count, place + 1);
  }

  int count() {
    return count;
  }

  /// The distance to the nearest row; 0 while there is none.
  double of(double[] standard) {
    Arrays.fill(squared, 0);
    for (int i = 0; i < width; i++) {
      float value = (float) standard[i];
      int from = i * capacity;
      for (int n = 0; n < capacity; n++) {
        float deviation = value - rows[from + n];
        squared[n] += deviation * deviation;
      }
    }
    nearest = 0;
    for (int n = 1; n < count; n++) {
      if (squared[n] < squared[nearest]) {
        nearest = n;
      }
    }
    return count == 0 ? 0 : Math.sqrt(squared[nearest]);
  }

  /// A channel of the row that was nearest to the last one measured.
  double nearest(int i) {
    return rows[i * capacity + nearest];
  }

  void state(StateTape tape) throws IOException {
    count = tape.whole(count);
    nearest = tape.whole(nearest);
    tape.numbers(rows);
  }
}
