package io.fleetward.models.stream;

import java.io.IOException;
import java.util.Arrays;

/// How surprising a value is, by the counts of a grid: values in equal cells, beside the hours of
/// the day.
///
/// A cell's share at this hour leans on its share at all hours, the more so the less is known of
/// the hour, and that on the shares of the cells around it.
final class ValueGrid {
  private static final int HOURS = 24;
  private static final double LINEAR_TO = 20;
  private static final double FARTHEST = 30;
  private static final int REACH = 12;
  private static final double DECLINE = 0.7;
  private static final double AROUND = 3;
  private static final double ANYWHERE = 0.0025;
  private static final double EVERYWHERE = 100 * ANYWHERE;
  private static final double LEAN = 0.5;

  private final double width;
  private final double offset;
  private final int half;
  private final int cells;
  private final float[] counts; // counts[hour * cells + cell]
  private final float[] allHours;
  private final float[] rowsOfHour = new float[HOURS];
  private final float[] cellsOfHour = new float[HOURS];
  private final double[] nearness = new double[REACH + 1];
  private final double nearnessSum;
  private double rows;

  /// @param width of a cell, in deviations
  /// @param offset of the cells, as a share of their width
  ValueGrid(double width, double offset) {
    this.width = width;
    this.offset = offset;
    this.half = (int) (FARTHEST / width) + 1;
    this.cells = 2 * half + 1;
    this.counts = new float[HOURS * cells];
    this.allHours = new float[cells];
    Arrays.setAll(nearness, distance -> Math.exp(-DECLINE * distance));
    this.nearnessSum = 2 * Arrays.stream(nearness).sum() - 1;
  }

  /// How surprising a value is, and learns it.
  ///
  /// @param deviations from the mean
  /// @param phase 0 to 1, the part of the day
  /// @return minus the natural logarithm of how likely its cell was
  double take(double deviations, double phase) {
    int hour = Math.min((int) (phase * HOURS), HOURS - 1);
    int cell = cell(deviations);
    double around = 0;
    for (int i = Math.max(0, cell - REACH); i <= Math.min(cells - 1, cell + REACH); i++) {
      around += nearness[Math.abs(i - cell)] * allHours[i];
    }
    around *= AROUND / (nearnessSum * Math.max(rows, 1));
    double anyHour = (allHours[cell] + around + ANYWHERE) / (rows + AROUND + EVERYWHERE);
    double lean = LEAN + cellsOfHour[hour];
    int place = hour * cells + cell;
    double likely = (counts[place] + lean * anyHour) / (rowsOfHour[hour] + lean);
    if (counts[place] == 0) {
      cellsOfHour[hour]++;
    }
    counts[place]++;
    rowsOfHour[hour]++;
    allHours[cell]++;
    rows++;
    return -Math.log(likely);
  }

  private int cell(double deviations) {
    double value = deviations + offset * width;
    double far = Math.abs(value) - LINEAR_TO;
    if (far > 0) {
      value = Math.copySign(LINEAR_TO + Math.log1p(far), value);
    }
    return half + (int) Math.clamp(Math.floor(value / width + 0.5), -half, half);
  }

  void clear() {
    rows = 0;
    Arrays.fill(counts, 0);
    Arrays.fill(allHours, 0);
    Arrays.fill(rowsOfHour, 0);
    Arrays.fill(cellsOfHour, 0);
  }

  void state(StateTape tape) throws IOException {
    rows = tape.number(rows);
    tape.numbers(counts);
    tape.numbers(allHours);
    tape.numbers(rowsOfHour);
    tape.numbers(cellsOfHour);
  }
}
