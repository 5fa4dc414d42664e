package io.fleetward.models.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/// The product's detector: scores rows as they come and learns from them. Confined to one thread.
public final class Ensemble implements RowScorer {
  private static final int FORMAT = 0x46574504; // "FWE", version 4
  private static final long FIRST_FIT = 64;
  private static final long FIRST_SCORE = 150;
  private static final double FIT_GROWTH = 1.5;
  private static final int SETTLE_EVERY = 64;
  private static final double MOST_MISSING = 0.25;
  private static final double FADE = 0.9;
  private static final double FADE_AFTER_DAY = 0.05;
  private static final double SCORED_WEIGHT = 0.3;

  private static final int HEADER_BYTES = 2 * Integer.BYTES;

  private final int features;
  private final EnsembleSettings settings;
  private final Calendar calendar;
  private final Channels channels;
  private final Members members;
  private final StuckFeatures stuckFeatures;
  private final Fusion fusion = new Fusion(Members.COUNT);
  private final TailCurve curve = new TailCurve();
  private final AlarmRule alarmRule;
  private final Onset onset;

  private boolean training = true;
  private boolean determined;
  private long rows;
  private long rowsSinceClear;

  /// Rows that the next fit is made from.
  private long historyRows;

  /// Whether the members do not know yet what was forgotten.
  private boolean historyForgotten;

  private long nextFit = FIRST_FIT;

  public Ensemble(int features, Times times) {
    this(features, times, EnsembleSettings.DEFAULT);
  }

  /// @param floors for each feature the smallest deviation that means anything, in its own unit; 0
  ///   where every deviation does
  /// @param falseEpisodesPerDay how many alarms a healthy host may raise in a day
  public Ensemble(double[] floors, Times times, double falseEpisodesPerDay) {
    this(floors, times, EnsembleSettings.DEFAULT.within(falseEpisodesPerDay));
  }

  Ensemble(int features, Times times, EnsembleSettings settings) {
    this(new double[features], times, settings);
  }

  private Ensemble(double[] floors, Times times, EnsembleSettings settings) {
    this.features = floors.length;
    this.settings = settings;
    this.calendar = new Calendar(features, times);
    this.channels = new Channels(features);
    this.members = new Members(floors.clone(), channels, settings);
    this.stuckFeatures = new StuckFeatures(features);
    this.alarmRule = new AlarmRule(settings.falseEpisodesPerDay());
    this.onset = new Onset(features);
  }

  @Override
  public void learn(long time, double[] row) {
    if (!training) {
      throw new IllegalStateException("a training row after a scored one");
    }
    take(time, row);
  }

  @Override
  public double score(long time, double[] row) {
    if (training) {
      training = false;
      if (historyRows >= FIRST_FIT) {
        members.fit();
        settle();
      }
    }
    take(time, row);
    return determined ? onset.score(fusion.level(), curve) : Double.NaN;
  }

  private void take(long time, double[] row) {
    if (row.length != features) {
      throw new IllegalArgumentException(
          "a row of %d features for a scorer of %d".formatted(row.length, features));
    }
    calendar.turnTo(time);
    double[] filled = channels.fill(row, calendar);
    if (channels.isMissingMore(MOST_MISSING)) {
      determined = false;
      return;
    }
    rows++;
    rowsSinceClear++;
    historyRows++;
    double memory = settings.recentDays() * calendar.rowsPerDay();
    channels.take(calendar);
    stuckFeatures.take(row);
    // With its week: what was counted before the week was known keeps its meaning.
    onset.take(channels.vector()[0] + calendar.ofWeek(0), calendar.phase());
    determined = members.isFitted() && rowsSinceClear >= FIRST_SCORE;
    if (members.isFitted()) {
      judge(members.measure());
    }
    calendar.learn(filled);
    members.learn(training, rowsSinceClear, memory);
    if (historyRows >= nextFit) {
      members.fit();
      nextFit = (long) (FIT_GROWTH * historyRows);
      fade();
      settle();
    } else if (rows % SETTLE_EVERY == 0) {
      switch (calendar.review()) {
        case NOTHING -> settle();
        case DAY_FOUND -> startOver();
        case DAY_LEARNT -> {
          forgetHistory();
          settle();
        }
      }
    }
  }

  private void judge(double[] distances) {
    fusion.take(distances, stuckFeatures.surprise());
    if (determined) {
      alarmRule.judge(onset.rank(fusion.urgency()));
    }
    fusion.learn(training ? 1 : SCORED_WEIGHT);
    curve.learn(fusion.level(), 1);
    alarmRule.learn(onset.rank(fusion.urgency()));
  }

  private void startOver() {
    members.clear();
    onset.clear();
    rowsSinceClear = 0;
    historyRows = 0;
    nextFit = FIRST_FIT;
  }

  /// What was learnt before the day was known is much wider than what follows. The models stay
  /// until another day is learnt.
  private void forgetHistory() {
    members.forgetHistory();
    historyForgotten = true;
    historyRows = 0;
    nextFit = (long) Math.max(FIRST_SCORE, calendar.rowsPerDay());
  }

  private void fade() {
    members.fade(FADE);
    double share = FADE;
    if (historyForgotten) {
      historyForgotten = false;
      share = FADE_AFTER_DAY;
      alarmRule.forget(FADE_AFTER_DAY);
    }
    fusion.fade(share);
    curve.fade(share);
  }

  private void settle() {
    fusion.settle();
    curve.settle();
    alarmRule.settle(curve, calendar.rowsPerDay());
  }

  /// Whether it has seen too few rows to score any.
  public boolean isWarmingUp() {
    return !members.isFitted() || rowsSinceClear < FIRST_SCORE;
  }

  /// How many features of the row scored last lacked a value that they had before.
  public int missing() {
    return channels.missing();
  }

  @Override
  public boolean alarm() {
    return determined && alarmRule.alarm();
  }

  @Override
  public double threshold() {
    return determined ? onset.scoreOfRank(alarmRule.threshold(), curve) : Double.NaN;
  }

  /// Shares of the distance to the nearest of the usual rows; half goes to a feature that stands
  /// still where that is the most surprising.
  @Override
  public int contributions(int[] columns, double[] shares) {
    if (!determined) {
      return 0;
    }
    int stuck = fusion.isStuck() ? stuckFeatures.feature() : -1;
    return members.strongest(stuck, columns, shares);
  }

  @Override
  public double expected(int column) {
    return determined ? members.expected(column) : Double.NaN;
  }

  /// Turns to another host, or to the same one after a gap: what is recent begins anew with the
  /// next row, what is usual stays.
  public void beginHost() {
    channels.beginHost();
    stuckFeatures.beginHost();
    onset.beginHost();
    fusion.beginHost();
    alarmRule.end();
    calendar.beginHost();
    determined = false;
  }

  /// All that was learnt, as bytes that [#restore] takes back into an ensemble made with the same
  /// features and settings.
  public byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + stateBytes());
    bytes.putInt(FORMAT).putInt(features);
    play(new StateTape.Recording(bytes));
    return bytes.array();
  }

  private int stateBytes() {
    var size = new StateTape.Measuring();
    play(size);
    return size.bytes();
  }

  private void play(StateTape tape) {
    try {
      state(tape);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // bytes in memory cannot fail
    }
  }

  /// Goes on where the ensemble that gave these bytes stood.
  ///
  /// @throws IllegalArgumentException if they are not of this version or these features; then this
  ///   ensemble is unchanged
  public void restore(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    if (bytes.length < HEADER_BYTES || from.getInt() != FORMAT) {
      throw new IllegalArgumentException("not the state of an ensemble of this version");
    }
    if (from.getInt() != features || bytes.length != HEADER_BYTES + stateBytes()) {
      throw new IllegalArgumentException(
          "not the state of an ensemble of %d features".formatted(features));
    }
    play(new StateTape.Replaying(from));
  }

  private void state(StateTape tape) throws IOException {
    training = tape.flag(training);
    determined = tape.flag(determined);
    rows = tape.whole(rows);
    rowsSinceClear = tape.whole(rowsSinceClear);
    historyRows = tape.whole(historyRows);
    historyForgotten = tape.flag(historyForgotten);
    nextFit = tape.whole(nextFit);
    calendar.state(tape);
    channels.state(tape);
    members.state(tape);
    stuckFeatures.state(tape);
    fusion.state(tape);
    curve.state(tape);
    alarmRule.state(tape);
    onset.state(tape);
  }
}
