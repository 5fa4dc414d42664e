package io.fleetward.models.training;

import io.fleetward.models.registry.ShadowRecord;
import java.util.List;

/// Counts what a version says about the rows of one host. Confined to one thread.
final class ShadowTally {
  /// Time between two rows counts up to here, so that a gap is no time watched.
  private static final long LONGEST_INTERVAL = 300;

  private static final long HOUR = 3_600;
  private static final long MOST_HOURS = 4;

  private final HostRows rows;
  private final List<ConfirmedIncident> incidents;
  private final boolean[] within;
  private final boolean[] found;

  private long counted;
  private long watched;
  private long undetermined;
  private long healthy;
  private long above99;
  private long falseEpisodes;
  private long falseHours;

  private boolean inAlarm;
  private boolean excused;
  private long alarmSince;
  private long alarmUntil;

  ShadowTally(HostRows rows, List<ConfirmedIncident> incidents) {
    this.rows = rows;
    this.incidents =
        incidents.stream().filter(one -> one.instance().equals(rows.instance())).toList();
    this.within = new boolean[this.incidents.size()];
    this.found = new boolean[this.incidents.size()];
  }

  /// Counts the next row.
  void count(int row, double score, boolean alarm) {
    long second = rows.seconds(row);
    long interval = row == 0 ? 0 : Math.min(second - rows.seconds(row - 1), LONGEST_INTERVAL);
    boolean ill = false;
    for (int i = 0; i < found.length; i++) {
      if (incidents.get(i).covers(second)) {
        ill = true;
        within[i] = true;
        found[i] |= alarm;
      }
    }
    counted++;
    watched += interval;
    if (Double.isNaN(score)) {
      undetermined++;
    } else if (!ill) {
      healthy++;
      above99 += score > 0.99 ? 1 : 0;
    }
    follow(second, interval, alarm, ill);
  }

  private void follow(long second, long interval, boolean alarm, boolean ill) {
    if (alarm) {
      if (!inAlarm) {
        inAlarm = true;
        excused = false;
        alarmSince = second;
      }
      excused |= ill;
      alarmUntil = second + interval;
    } else if (inAlarm) {
      endAlarm();
    }
  }

  private void endAlarm() {
    inAlarm = false;
    if (!excused) {
      falseEpisodes++;
      falseHours += Math.clamp(Math.ceilDiv(alarmUntil - alarmSince, HOUR), 1, MOST_HOURS);
    }
  }

  /// What was counted; an alarm under way has ended with the last row.
  ShadowRecord record() {
    if (inAlarm) {
      endAlarm();
    }
    return new ShadowRecord(
        counted,
        watched / (24.0 * HOUR),
        undetermined,
        healthy,
        above99,
        falseEpisodes,
        falseHours,
        number(within),
        number(found));
  }

  private static long number(boolean[] marks) {
    long number = 0;
    for (boolean mark : marks) {
      number += mark ? 1 : 0;
    }
    return number;
  }
}
