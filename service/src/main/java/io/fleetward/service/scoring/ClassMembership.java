package io.fleetward.service.scoring;

import io.fleetward.models.faults.FaultClassifier;
import io.fleetward.models.host.HostStart;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// What the stream knows beyond single hosts. Thread safe; never waits.
///
/// @param start what hosts begin from
/// @param isLearnt whether a host's rows are learnt for its class
/// @param faults what tells kinds of faults now
public record ClassMembership(
    HostStart start, Predicate<String> isLearnt, Supplier<FaultClassifier> faults) {
  /// Every host by itself.
  static final ClassMembership NONE = new ClassMembership(HostStart.COLD, _ -> false);

  /// The same with the classifier of faults that Fleetward ships.
  public ClassMembership(HostStart start, Predicate<String> isLearnt) {
    this(start, isLearnt, FaultClassifier::shipped);
  }
}
