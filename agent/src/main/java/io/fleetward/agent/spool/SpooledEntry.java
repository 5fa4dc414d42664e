package io.fleetward.agent.spool;

/// One record as it comes out of the spool.
///
/// @param sequence its number; numbers rise by one from record to record
/// @param timeMillis as it was given; the spool's order does not depend on it
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record SpooledEntry(long sequence, long timeMillis, byte[] content) {}
