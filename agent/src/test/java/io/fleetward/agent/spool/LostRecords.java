package io.fleetward.agent.spool;

/// Adds up what a spool says it has lost.
final class LostRecords implements SpoolEvents {
  long dropped;
  long damagedRecords;
  long damagedBytes;

  @Override
  public void oldestDropped(long records) {
    dropped += records;
  }

  @Override
  public void damaged(String file, long bytes, long records) {
    damagedBytes += bytes;
    damagedRecords += records;
  }

  long all() {
    return dropped + damagedRecords;
  }
}
