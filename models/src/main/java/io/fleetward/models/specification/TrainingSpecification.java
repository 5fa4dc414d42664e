package io.fleetward.models.specification;

/// When a model learns, in rows (one row for each scrape).
///
/// @param settle rows ignored when a host is first seen: its rate windows are still filling
/// @param after rows learnt before the first fit
/// @param keep rows kept for refits
/// @param stride when full, kept rows are thinned to every second, fourth … at most every
///   `stride`-th learnt row, so that `keep x stride` rows of history are covered
/// @param refitEvery refits come often while a host is young (see [#isYoung]), then at doubling
///   counts of learnt rows, but at least this often
/// @param relearnAfter rows that must be anomalous without a break before such rows are learnt
public record TrainingSpecification(
    int settle, int after, int keep, int stride, int refitEvery, int relearnAfter) {
  public static final int LEAST_ROWS = 30;
  public static final int MOST_ROWS = 16_384;
  public static final int MOST_STRIDE = 1_024;
  public static final TrainingSpecification DEFAULT =
      new TrainingSpecification(15, 60, 512, 64, 8_640, 2_160);

  public TrainingSpecification {
    if (settle < 0
        || after < LEAST_ROWS
        || keep < after
        || keep > MOST_ROWS
        || stride < 1
        || stride > MOST_STRIDE
        || Integer.bitCount(stride) != 1
        || refitEvery < 1
        || relearnAfter < 1) {
      throw new IllegalArgumentException("training out of bounds");
    }
  }

  /// Whether a host that has learnt so many rows may still be looking back on its start, which
  /// later fits are to forget.
  public boolean isYoung(long learnt) {
    return learnt <= 4L * after;
  }

  /// How many more rows must be learnt after a fit at `learnt` rows before the next fit; 0 stands
  /// for no fit yet.
  public long rowsToNextFit(long learnt) {
    if (learnt > 0 && isYoung(learnt)) {
      return after / 4;
    }
    return Math.clamp(learnt, after, Math.max(after, refitEvery));
  }
}
