package io.fleetward.agent.spool;

/// Hears what is lost in a spool. Called on the spool's thread.
public interface SpoolEvents {
  /// The oldest records made room for new ones.
  ///
  /// @param records one or more
  void oldestDropped(long records);

  /// A part of a file is not what was written into it.
  ///
  /// @param bytes that were passed over
  /// @param records that were in them, as far as that can be known; 0 for leftovers of a write that
  ///   did not succeed
  void damaged(String file, long bytes, long records);
}
