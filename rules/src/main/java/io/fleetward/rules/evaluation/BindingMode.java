package io.fleetward.rules.evaluation;

/// What a binding has to provide for.
///
/// @param isAnnotated whether annotations are wanted, for which nodes keep their labels
/// @param isRich whether samples may be histograms, or counters whose start is known
record BindingMode(boolean isAnnotated, boolean isRich) {
  /// What live rules need, and no more.
  static final BindingMode PLAIN = new BindingMode(false, false);
}
