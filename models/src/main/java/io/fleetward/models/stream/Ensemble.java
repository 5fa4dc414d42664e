package io.fleetward.models.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/// The product's detector: scores rows as they come and learns from them. Confined to one thread.
public final class Ensemble implements RowScorer {
  private static final int FORMAT = 0x46574502; // "FWE", version 2
  private static final long FIRST_FIT = 64;
  private static final long FIRST_SCORE = 150;
  private static final double FIT_GROWTH = 1.5;
  private static final int SETTLE_EVERY = 64;
  private static final double MOST_MISSING = 0.25;
  private static final double FADE = 0.9;
  private static final double SCORED_WEIGHT = 0.3;

  private static final int HEADER_BYTES = 2 * Integer.BYTES;

  static final int MEMBERS = 5;

  private final int features;
  private final double[] floors;
  private final EnsembleSettings settings;
  private final Calendar calendar;
  private final Channels channels;
  private final double[] z;
  private final double[] winsorised;
  private final double[] extremeZ;

  private final Moments moments;
  private final Spreads extremeSpreads;
  private final RowSample history;
  private final RowSample newest;

  private final Standard standard;
  private final Standard extremeStandard;
  private final RidgeDistance frozen;
  private final Neighbours usualRows;
  private final DriftingDistance drifting;
  private final Neighbours recentRows;

  private final double[] distances = new double[MEMBERS];
  private final StuckFeatures stuckFeatures;
  private final Fusion fusion = new Fusion(MEMBERS);
  private final Explanation explanation;
  private final Caution driftCaution;
  private final Caution rowCaution;
  private final Caution historyCaution;
  private final TailCurve curve = new TailCurve();
  private final AlarmRule alarmRule;
  private final Onset onset;

  private boolean training = true;
  private boolean fitted;
  private boolean determined;
  private long rows;
  private long rowsSinceClear;
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
    this.floors = floors.clone();
    this.settings = settings;
    this.calendar = new Calendar(features, times);
    this.channels = new Channels(features);
    int width = channels.width();
    this.z = new double[width];
    this.winsorised = new double[width];
    this.extremeZ = new double[features];
    this.moments = new Moments(width);
    this.extremeSpreads = new Spreads(features);
    this.history = new RowSample(width, settings.usualRows(), 1);
    this.newest = new RowSample(width, settings.usualRows(), 2);
    this.standard = new Standard(width, settings.linearTo());
    this.extremeStandard = new Standard(features, settings.linearTo());
    this.frozen = new RidgeDistance(width, settings.ridge());
    this.usualRows = new Neighbours(width, settings.usualRows());
    this.drifting = new DriftingDistance(width, settings.ridge());
    this.recentRows = new Neighbours(width, settings.usualRows());
    this.stuckFeatures = new StuckFeatures(features);
    this.explanation = new Explanation(features, channels, standard, usualRows);
    this.driftCaution = new Caution(settings.caution());
    this.rowCaution = new Caution(settings.caution());
    this.historyCaution = new Caution(settings.caution());
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
      if (rowsSinceClear >= FIRST_FIT) {
        fit();
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
    Season season = calendar.at(time);
    double[] filled = channels.fill(row, season);
    if (channels.isMissingMore(MOST_MISSING)) {
      determined = false;
      return;
    }
    rows++;
    rowsSinceClear++;
    double memory = settings.recentDays() * calendar.rowsPerDay();
    channels.take(season);
    stuckFeatures.take(row);
    onset.take(channels.vector(), calendar.phase());
    determined = fitted && rowsSinceClear >= FIRST_SCORE;
    if (fitted) {
      measure();
      judge();
    }
    calendar.learn(filled, 1);
    learn(memory);
    if (rowsSinceClear >= nextFit) {
      fit();
      nextFit = (long) (FIT_GROWTH * rowsSinceClear);
      fade();
      settle();
    } else if (rows % SETTLE_EVERY == 0) {
      if (calendar.choose()) {
        startOver();
      } else {
        settle();
      }
    }
  }

  private void measure() {
    standard.of(channels.vector(), z);
    distances[0] = frozen.of(z);
    distances[1] = usualRows.of(z);
    distances[2] = drifting.of(z);
    distances[3] = recentRows.of(z);
    extremeStandard.of(channels.extremes(), extremeZ);
    double most = 0;
    for (double deviation : extremeZ) {
      most = Math.max(most, Math.abs(deviation));
    }
    distances[4] = most;
  }

  private void judge() {
    fusion.take(distances, stuckFeatures.surprise());
    if (determined) {
      alarmRule.judge(onset.rank(fusion.urgency()));
    }
    fusion.learn(training ? 1 : SCORED_WEIGHT);
    curve.learn(fusion.level(), 1);
    alarmRule.learn(onset.rank(fusion.urgency()));
  }

  private void learn(double memory) {
    double[] vector = channels.vector();
    double[] row = vector;
    double drift = 1;
    double recent = 1;
    double past = 1;
    if (fitted) {
      for (int i = 0; i < z.length; i++) {
        winsorised[i] = standard.winsorised(i, z[i]);
      }
      row = winsorised;
      past = historyCaution.weigh(distances[0]);
      drift = driftCaution.weigh(distances[2]);
      recent = rowCaution.weigh(distances[3]);
    }
    moments.add(row, training ? 1 : past, Double.POSITIVE_INFINITY);
    drifting.learn(row, drift, memory);
    double[] extremes = channels.extremes();
    if (fitted) {
      for (int i = 0; i < extremeZ.length; i++) {
        extremes[i] = extremeStandard.winsorised(i, extremeZ[i]);
      }
    }
    extremeSpreads.add(extremes, training ? 1 : past);
    history.offer(vector, training ? 1 : past);
    double stride = Math.max(1, Math.min((double) rowsSinceClear, memory) / settings.usualRows());
    int place = newest.offerNewest(vector, recent / stride);
    if (fitted) {
      if (place >= 0) {
        recentRows.put(place, z);
      }
      drifting.follow(standard, false);
    }
  }

  private void fit() {
    for (int i = 0; i < z.length; i++) {
      double floor = floors[channels.featureOf(i)];
      standard.set(i, moments.mean(i), scale(moments.mean(i), moments.covariance(i, i), floor));
    }
    for (int i = 0; i < extremeZ.length; i++) {
      extremeStandard.set(
          i,
          extremeSpreads.mean(i),
          scale(extremeSpreads.mean(i), extremeSpreads.variance(i), floors[i]));
    }
    frozen.fit(moments, standard);
    fill(usualRows, history);
    fill(recentRows, newest);
    drifting.follow(standard, true);
    standard.of(channels.vector(), z);
    usualRows.of(z);
    fitted = true;
  }

  private static double scale(double mean, double variance, double floor) {
    double scale = Math.max(Math.sqrt(variance), floor);
    double size = Math.abs(mean);
    return scale > 1e-9 * size + 1e-300 ? scale : Math.max(1e-3 * size, 1e-3);
  }

  private void fill(Neighbours neighbours, RowSample from) {
    neighbours.clear();
    for (int place = 0; place < from.count(); place++) {
      from.read(place, winsorised);
      standard.of(winsorised, z);
      neighbours.put(place, z);
    }
  }

  private void startOver() {
    moments.clear();
    drifting.clear();
    history.clear();
    newest.clear();
    onset.clear();
    extremeSpreads.clear();
    fitted = false;
    rowsSinceClear = 0;
    nextFit = FIRST_FIT;
  }

  private void fade() {
    moments.fade(FADE);
    extremeSpreads.fade(FADE);
    fusion.fade(FADE);
    curve.fade(FADE);
  }

  private void settle() {
    fusion.settle();
    curve.settle();
    alarmRule.settle(curve, calendar.rowsPerDay());
  }

  /// Whether it has seen too few rows to score any.
  public boolean isWarmingUp() {
    return !fitted || rowsSinceClear < FIRST_SCORE;
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
    return explanation.strongest(z, stuck, columns, shares);
  }

  @Override
  public double expected(int column) {
    return determined ? explanation.expected(column) : Double.NaN;
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
    fitted = tape.flag(fitted);
    determined = tape.flag(determined);
    rows = tape.whole(rows);
    rowsSinceClear = tape.whole(rowsSinceClear);
    nextFit = tape.whole(nextFit);
    tape.numbers(z);
    calendar.state(tape);
    channels.state(tape);
    moments.state(tape);
    extremeSpreads.state(tape);
    history.state(tape);
    newest.state(tape);
    standard.state(tape);
    extremeStandard.state(tape);
    frozen.state(tape);
    usualRows.state(tape);
    drifting.state(tape);
    recentRows.state(tape);
    stuckFeatures.state(tape);
    fusion.state(tape);
    driftCaution.state(tape);
    rowCaution.state(tape);
    historyCaution.state(tape);
    curve.state(tape);
    alarmRule.state(tape);
    onset.state(tape);
  }
}
