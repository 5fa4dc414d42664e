package io.fleetward.bench;

/// How long a benchmark may take: seconds to see that nothing broke, or as long as steady figures
/// need.
public enum Effort {
  QUICK,
  FULL
}
