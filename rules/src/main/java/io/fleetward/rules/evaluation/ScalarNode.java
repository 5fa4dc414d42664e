package io.fleetward.rules.evaluation;

/// An expression that yields one number at each time.
non-sealed interface ScalarNode extends Bound {
  double evaluate(Tick tick);
}
