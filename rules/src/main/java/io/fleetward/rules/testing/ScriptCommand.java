package io.fleetward.rules.testing;

import io.fleetward.protocol.labels.Labels;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One command of a test script.
sealed interface ScriptCommand {
  record Clear() implements ScriptCommand {}

  /// @param starts since when the counters have counted, for those series that say so
  /// @param convertsHistograms whether classic histograms are to be loaded as native ones too
  record Load(
      long stepMillis,
      List<SeriesLine> series,
      Map<Labels, StartOffsets> starts,
      boolean convertsHistograms)
      implements ScriptCommand {}

  /// @param place `file:line`, upstream's where the script says so
  /// @param endMillis equal to the start for an instant query
  /// @param stepMillis 0 for an instant query
  record Eval(
      String place,
      String expression,
      long startMillis,
      long endMillis,
      long stepMillis,
      Expectation expectation)
      implements ScriptCommand {
    boolean isInstant() {
      return stepMillis == 0;
    }
  }

  /// What a query is to give.
  ///
  /// @param rangeVector start and step of the points that an instant query's range vector has
  record Expectation(
      List<String> lines,
      List<Annotation> annotations,
      boolean ordered,
      Optional<String> string,
      Optional<long[]> rangeVector) {
    boolean fails() {
      return annotations.stream().anyMatch(annotation -> annotation.kind().equals("fail"));
    }
  }

  /// @param kind `fail`, `warn`, `info`, `no_warn` or `no_info`
  /// @param match `msg`, `regex`, or empty where any will do
  record Annotation(String kind, String match, String text) {}
}
