package io.fleetward.protocol.messages;

/// Whether what an evaluation saw is known to come from the host it is about.
///
/// @param proven whether every record that it could see carried a valid seal of the host's key
/// @param detail what is missing, for a person; empty if it is proven
public record Provenance(boolean proven, String detail) {
  /// All of it came under the host's own key.
  public static final Provenance PROVEN = new Provenance(true, "");
}
