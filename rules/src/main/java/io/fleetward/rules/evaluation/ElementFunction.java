package io.fleetward.rules.evaluation;

/// What a function makes of one value, given up to two further numbers; a stale marker for none.
interface ElementFunction {
  double apply(double value, double first, double second);
}
