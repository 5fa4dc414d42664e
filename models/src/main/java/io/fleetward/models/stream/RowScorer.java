package io.fleetward.models.stream;

/// Scores the rows of one host, one after the other, looking only at those that came before.
/// Confined to one thread.
///
/// Training rows, if there are any, come first by [#learn]; the first call of [#score] ends the
/// training. Without training rows the scorer starts cold and learns as it goes.
///
/// A row is only read during the call and keeps its number of features. A feature without a value
/// is NaN; infinities count as NaN. Equal calls give equal answers: nothing here reads a clock or
/// an unseeded source of randomness.
public interface RowScorer {
  /// Learns a training row; it is held to be mostly healthy, not wholly.
  ///
  /// @param time as [Times] says; never earlier than the row before
  /// @throws IllegalStateException if a row was scored before
  /// @throws IllegalArgumentException if the row has another number of features
  void learn(long time, double[] row);

  /// Scores a row, and learns from it what the scorer learns as it goes.
  ///
  /// @param time as [Times] says; never earlier than the row before, training rows included
  /// @return 0 to 1, one minus how rare a healthy row like that is, on one scale from the first row
  ///   to the last and for every host; never saturates: rows beyond all that was seen keep their
  ///   order at full double precision. NaN means UNDETERMINED: warming up, too little data, too few
  ///   features
  /// @throws IllegalArgumentException if the row has another number of features
  double score(long time, double[] row);

  /// Whether the row scored last belongs to an alarm, at the scorer's own threshold with its own
  /// hysteresis; false where that row is UNDETERMINED.
  boolean alarm();

  /// The score from which on rows like the one scored last raise an alarm; NaN while there is none.
  /// Alarms look at the last rows only, while a score also tells how the host has been for longer:
  /// an alarm may come somewhat below or above.
  double threshold();

  /// What made the score of the row scored last, strongest first: fills `columns` with 0-based
  /// features and `shares` with their part of the whole (shares of all features sum to 1). Asked
  /// only on demand, so it may compute.
  ///
  /// @param columns as long as `shares`: at most that many are given
  /// @return how many were given; 0 if nothing deviates or the row is UNDETERMINED
  int contributions(int[] columns, double[] shares);

  /// The value that a feature of the row scored last would have had in the nearest usual row, at
  /// that time of the day, in the feature's own unit. Stands beside the actual value where
  /// [#contributions] are shown.
  ///
  /// @param column a 0-based feature
  /// @return NaN if the row is UNDETERMINED or the feature never had a value
  double expected(int column);
}
