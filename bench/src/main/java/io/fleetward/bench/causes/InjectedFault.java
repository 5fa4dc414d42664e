package io.fleetward.bench.causes;

/// A fault that was injected into one host on purpose.
///
/// @param at seconds since 1970
/// @param kind as the data name it
record InjectedFault(long at, String host, String kind) {
  /// Where the ranked host stood.
  ///
  /// @param rank of the right host, from 1
  /// @param delay rows from the fault to its first alarm, -1 if it never alarmed
  record Verdict(InjectedFault fault, int rank, int delay) {}
}
