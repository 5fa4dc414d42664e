package io.fleetward.cli.demo;

/// The faults that the demo can make.
public enum Fault {
  /// Burns every core and grows memory slowly.
  CPU,
  /// Grows memory quickly and burns little CPU.
  MEMORY,
  /// Nothing is started; the demo then succeeds if no incident opens.
  NONE
}
