package io.fleetward.bench.scoring;

import java.util.Arrays;
import java.util.List;

/// Volumes under the surfaces that curves draw while the labels are softened more and more
/// (Paparrizos, Boniol, Palpanas, Tsay, Elmore, Franklin: Volume Under the Surface, VLDB 2022), as
/// the TSB-AD benchmark computes them.
///
/// For each buffer the labels rise before an event and fall behind it, the areas under the curves
/// are taken at 250 thresholds, and the volume is their mean. Each row knows at which of the
/// thresholds its alarm begins, so that a buffer costs what its softened rows do, not the whole
/// series.
///
/// @param precisionRecall NaN without labelled rows, or if all rows are labelled
/// @param operatingCharacteristic NaN likewise
public record Volumes(double precisionRecall, double operatingCharacteristic) {

  /// The volumes over all buffers from 0 up to one.
  ///
  /// @param buffer rows, not negative; half of them lie on either side of an event
  public static Volumes of(ScoredRows rows, int buffer) {
    if (rows.positives() == 0 || rows.positives() == rows.rows()) {
      return new Volumes(Double.NaN, Double.NaN);
    }
    Surface surface = new Surface(rows);
    double precisionRecall = 0;
    double roc = 0;
    for (int width = 0; width <= buffer; width++) {
      Volumes areas = surface.areas(width);
      precisionRecall += areas.precisionRecall;
      roc += areas.operatingCharacteristic;
    }
    return new Volumes(precisionRecall / (buffer + 1), roc / (buffer + 1));
  }

  /// A series cut into the rows that begin to alarm at each threshold. Widths are asked for in
  /// ascending order.
  private static final class Surface {
    private static final int THRESHOLDS = 250;

    private final int rows;
    private final int positives;
    private final boolean[] labels;
    private final List<Run> events;

    /// Of each row, the first threshold at which it alarms.
    private final short[] entry;

    /// Alarms at each threshold.
    private final int[] alarms = new int[THRESHOLDS];

    /// Alarms on labelled rows at each threshold.
    private final int[] hits = new int[THRESHOLDS];

    /// Of each event and the rows softened around it, the first threshold with an alarm.
    private final int[] eventEntry;

    private final double[] soft;

    Surface(ScoredRows scored) {
      rows = scored.rows();
      positives = scored.positives();
      labels = scored.labels();
      events = Run.of(labels);
      entry = entries(scored.scores());
      for (int row = 0; row < rows; row++) {
        alarms[entry[row]]++;
        hits[entry[row]] += labels[row] ? 1 : 0;
      }
      Arrays.parallelPrefix(alarms, Integer::sum);
      Arrays.parallelPrefix(hits, Integer::sum);
      eventEntry = new int[events.size()];
      for (int i = 0; i < eventEntry.length; i++) {
        eventEntry[i] = Integer.MAX_VALUE;
        for (int row = events.get(i).first(); row <= events.get(i).last(); row++) {
          eventEntry[i] = Math.min(eventEntry[i], entry[row]);
        }
      }
      soft = new double[rows];
    }

    private static short[] entries(double[] scores) {
      double[] ascending = scores.clone();
      Arrays.sort(ascending);
      int rows = scores.length;
      double[] thresholds = new double[THRESHOLDS];
      for (int k = 0; k < THRESHOLDS; k++) {
        int rank = (int) ((long) k * (rows - 1) / (THRESHOLDS - 1));
        thresholds[k] = ascending[rows - 1 - rank];
      }
      short[] entries = new short[rows];
      for (int row = 0; row < rows; row++) {
        int low = 0;
        int high = THRESHOLDS - 1;
        while (low < high) {
          int middle = (low + high) >>> 1;
          if (scores[row] >= thresholds[middle]) {
            high = middle;
          } else {
            low = middle + 1;
          }
        }
        entries[row] = (short) low;
      }
      return entries;
    }

    /// The areas under both curves for one width.
    Volumes areas(int width) {
      int reach = width / 2;
      double[] softened = soften(width);
      double[] found = foundGroups(reach);

      double precisionRecall = 0;
      double roc = 0;
      double rateBefore = 0;
      double falseRateBefore = 0;
      for (int k = 0; k < THRESHOLDS; k++) {
        double inside = hits[k] + softened[k];
        double wanted = positives + softened[k] / 2;
        double rate = Math.min(inside / wanted, 1) * found[k];
        double falseRate = (alarms[k] - inside) / (rows - wanted);
        precisionRecall += (rate - rateBefore) * inside / alarms[k];
        roc += (falseRate - falseRateBefore) * (rate + rateBefore) / 2;
        rateBefore = rate;
        falseRateBefore = falseRate;
      }
      roc += (1 - falseRateBefore) * (1 + rateBefore) / 2;
      return new Volumes(precisionRecall, roc);
    }

    /// What the softened rows that alarm at each threshold weigh.
    private double[] soften(int width) {
      int reach = width / 2;
      for (int distance = 1; distance <= reach; distance++) {
        double value = Math.sqrt(1 - (double) distance / width);
        for (Run event : events) {
          add(event.first() - distance, value);
          add(event.last() + distance, value);
        }
      }
      double[] weight = new double[THRESHOLDS];
      for (Run event : events) {
        for (int distance = 1; distance <= reach; distance++) {
          take(event.first() - distance, weight);
          take(event.last() + distance, weight);
        }
      }
      Arrays.parallelPrefix(weight, Double::sum);
      return weight;
    }

    private void add(int row, double value) {
      if (row >= 0 && row < rows && !labels[row]) {
        soft[row] += value;
      }
    }

    /// Moves a softened row to the threshold it alarms at, once.
    private void take(int row, double[] weight) {
      if (row >= 0 && row < rows && soft[row] > 0) {
        weight[entry[row]] += Math.min(1, soft[row]);
        soft[row] = 0;
      }
    }

    /// The share of events, those that meet taken together, with an alarm at each threshold.
    private double[] foundGroups(int reach) {
      for (int i = 0; i < eventEntry.length; i++) {
        int before = events.get(i).first() - reach;
        int behind = events.get(i).last() + reach;
        if (before >= 0) {
          eventEntry[i] = Math.min(eventEntry[i], entry[before]);
        }
        if (behind < rows) {
          eventEntry[i] = Math.min(eventEntry[i], entry[behind]);
        }
      }
      double[] found = new double[THRESHOLDS];
      int groups = 0;
      int i = 0;
      while (i < eventEntry.length) {
        int first = eventEntry[i];
        int end = events.get(i).last() + reach;
        i++;
        while (i < eventEntry.length && events.get(i).first() - reach <= end) {
          first = Math.min(first, eventEntry[i]);
          end = events.get(i).last() + reach;
          i++;
        }
        found[first]++;
        groups++;
      }
      Arrays.parallelPrefix(found, Double::sum);
      for (int k = 0; k < THRESHOLDS; k++) {
        found[k] /= groups;
      }
      return found;
    }
  }
}
