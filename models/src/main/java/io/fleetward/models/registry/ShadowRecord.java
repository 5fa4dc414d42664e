package io.fleetward.models.registry;

/// How a version fared on rows that it had not learnt: counts, so that two records of the same rows
/// can be compared and records of different rows added.
///
/// @param rows all rows that were scored
/// @param hostDays host time that they cover
/// @param undetermined rows that the version could not score
/// @param healthy scored rows outside confirmed incidents
/// @param healthyAbove99 those of them that scored above 0.99; a calibrated version has one in a
///   hundred there
/// @param falseEpisodes runs of alarm outside confirmed incidents
/// @param falseHours the same, each counted once for each hour that it began, at most four times
/// @param incidents confirmed incidents within the rows
/// @param found those of them with an alarm
public record ShadowRecord(
    long rows,
    double hostDays,
    long undetermined,
    long healthy,
    long healthyAbove99,
    long falseEpisodes,
    long falseHours,
    long incidents,
    long found) {
  public static final ShadowRecord EMPTY = new ShadowRecord(0, 0, 0, 0, 0, 0, 0, 0, 0);

  public ShadowRecord plus(ShadowRecord other) {
    return new ShadowRecord(
        rows + other.rows,
        hostDays + other.hostDays,
        undetermined + other.undetermined,
        healthy + other.healthy,
        healthyAbove99 + other.healthyAbove99,
        falseEpisodes + other.falseEpisodes,
        falseHours + other.falseHours,
        incidents + other.incidents,
        found + other.found);
  }

  /// NaN without host time.
  public double falseEpisodesPerHostDay() {
    return falseEpisodes / hostDays;
  }

  /// Share of confirmed incidents with an alarm; NaN if there were none.
  public double recall() {
    return (double) found / incidents;
  }

  /// Share of healthy rows above 0.99; NaN without healthy rows.
  public double shareAbove99() {
    return (double) healthyAbove99 / healthy;
  }

  /// How far that share is from the 0.01 that it should be.
  public double calibrationError() {
    return Math.abs(shareAbove99() - 0.01);
  }

  /// NaN without rows.
  public double undeterminedShare() {
    return (double) undetermined / rows;
  }
}
