package io.fleetward.rules.testing;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.evaluation.SampleValue;
import java.util.List;
import java.util.Map;

/// One test of a unit-test file in promtool's format.
///
/// @param intervalMillis between the values of the series
/// @param startMillis the time of the first value
record UnitTest(
    String name,
    long intervalMillis,
    long startMillis,
    List<SeriesLine> series,
    List<AlertTest> alertTests,
    List<ExpressionTest> expressionTests,
    Labels externalLabels,
    String externalUrl) {

  /// @param atMillis after the start
  record AlertTest(long atMillis, String alert, List<ExpectedAlert> expected) {}

  record ExpectedAlert(Map<String, String> labels, Map<String, String> annotations) {}

  /// @param atMillis after the start
  record ExpressionTest(String expression, long atMillis, List<ExpectedSample> expected) {}

  record ExpectedSample(Labels labels, SampleValue value) {}

  /// When the last thing is to be looked at, after the start.
  long lastMillis() {
    long last = 0;
    for (AlertTest test : alertTests) {
      last = Math.max(last, test.atMillis());
    }
    for (ExpressionTest test : expressionTests) {
      last = Math.max(last, test.atMillis());
    }
    return last;
  }
}
