package io.fleetward.rules.evaluation;

/// A node whose rows are those for the values met so far.
interface Growing {
  /// Whether a value came up that has no rows yet, so that the query has to bind anew.
  boolean isOutgrown();
}
