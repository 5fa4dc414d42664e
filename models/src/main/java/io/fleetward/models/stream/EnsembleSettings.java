package io.fleetward.models.stream;

/// What the ensemble is made of. One set of values serves every host and every data set; see
/// `docs/decisions/0008-detector-ensemble.md` for what they were chosen from.
///
/// @param usualRows rows remembered as examples of what is usual: so many of all history, and so
///   many of the recent days
/// @param ridge added to every variance of standardised channels before they are inverted
/// @param linearTo deviations up to here count in full, beyond only their logarithm grows
/// @param recentDays memory of everything that adapts
/// @param caution rows farther than so many times the usual distance teach the adapting parts less
/// @param falseEpisodesPerDay how many alarm episodes a healthy host may raise in a day
record EnsembleSettings(
    int usualRows,
    double ridge,
    double linearTo,
    double recentDays,
    double caution,
    double falseEpisodesPerDay) {
  static final EnsembleSettings DEFAULT = new EnsembleSettings(256, 0.03, 10, 3, 2, 2);

  /// These with another budget of alarms.
  EnsembleSettings within(double episodesPerDay) {
    return new EnsembleSettings(usualRows, ridge, linearTo, recentDays, caution, episodesPerDay);
  }
}
