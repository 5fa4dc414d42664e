package io.fleetward.bench.detection;

import io.fleetward.bench.scoring.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// One labelled series, not yet read.
///
/// @param set the set of data it belongs to
/// @param test the rows that are scored
/// @param train the rows to learn from before
/// @param interval seconds between rows, for files without times
/// @param interpretation which metrics caused which event
/// @param windows NAB's windows, in place of the column `label`
record SeriesSource(
    String set,
    String name,
    Path test,
    Optional<Path> train,
    long interval,
    Optional<Interpretation> interpretation,
    Optional<List<Run>> windows) {

  /// @param lastIncluded whether the second row of a range belongs to it
  record Interpretation(Path file, boolean lastIncluded) {
    List<Labels.Cause> causes() {
      return Labels.causes(file, lastIncluded);
    }
  }

  static SeriesSource trained(String set, String name, Path test, Path train, long interval) {
    return new SeriesSource(
        set, name, test, Optional.of(train), interval, Optional.empty(), Optional.empty());
  }

  SeriesSource with(Interpretation newInterpretation) {
    return new SeriesSource(
        set, name, test, train, interval, Optional.of(newInterpretation), windows);
  }

  /// The same series without rows to learn from.
  SeriesSource cold() {
    return new SeriesSource(
        set + " cold", name, test, Optional.empty(), interval, interpretation, windows);
  }
}
