package io.fleetward.models.training;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which rows of a host are learnt, and which are held out.
///
/// @param rows all of the host's
/// @param learnt of the older part, those that are held to be healthy
/// @param cut the first row that is held out
record LearningRows(HostRows rows, BitSet learnt, int cut) {
  /// Chooses.
  ///
  /// @param leftOut gets the rows that are left out, by the reason
  static LearningRows of(
      HostRows rows,
      List<ConfirmedIncident> incidents,
      TrainingTerms terms,
      Map<String, Long> leftOut) {
    int cut = (int) ((1 - terms.heldOutShare()) * rows.size());
    BitSet learnt = new BitSet();
    learnt.set(0, cut);
    leave(rows, cut, incidents, learnt, leftOut);
    leaveShortAlarms(rows, cut, terms.shortAlarm(), learnt, leftOut);
    count(leftOut, "held out", rows.size() - cut);
    return new LearningRows(rows, learnt, cut);
  }

  private static void leave(
      HostRows rows,
      int cut,
      List<ConfirmedIncident> incidents,
      BitSet learnt,
      Map<String, Long> leftOut) {
    for (int row = 0; row < cut; row++) {
      if (ConfirmedIncident.covers(incidents, rows.instance(), rows.seconds(row))) {
        learnt.clear(row);
        count(leftOut, "confirmed incident", 1);
      }
    }
  }

  private static void leaveShortAlarms(
      HostRows rows, int cut, long shortAlarm, BitSet learnt, Map<String, Long> leftOut) {
    int row = 0;
    while (row < cut) {
      int end = row;
      while (end < rows.size() && rows.alarm(end)) {
        end++;
      }
      if (end > row && rows.seconds(end - 1) - rows.seconds(row) < shortAlarm) {
        int until = Math.min(end, cut);
        count(leftOut, "short alarm", learnt.get(row, until).cardinality());
        learnt.clear(row, until);
      }
      row = Math.max(end, row + 1);
    }
  }

  static void count(Map<String, Long> leftOut, String reason, long rows) {
    if (rows > 0) {
      leftOut.merge(reason, rows, Long::sum);
    }
  }

  int count() {
    return learnt.cardinality();
  }

  int heldOut() {
    return rows.size() - cut;
  }

  /// The time of the last row learnt.
  long learntUntil() {
    return rows.seconds(learnt.length() - 1);
  }

  long learntFrom() {
    return rows.seconds(learnt.nextSetBit(0));
  }

  static Map<String, Long> nothingLeftOut() {
    return new HashMap<>();
  }
}
