package io.fleetward.service.scoring;

import io.fleetward.models.host.HostStart;
import java.util.function.Predicate;

/// What the stream knows of classes of hosts. Thread safe; never waits.
///
/// @param start what hosts begin from
/// @param isLearnt whether a host's rows are learnt for its class
public record ClassMembership(HostStart start, Predicate<String> isLearnt) {
  /// Every host by itself.
  static final ClassMembership NONE = new ClassMembership(HostStart.COLD, _ -> false);
}
