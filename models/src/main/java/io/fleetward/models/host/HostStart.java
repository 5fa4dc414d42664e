package io.fleetward.models.host;

import io.fleetward.models.registry.Champions;
import java.util.function.UnaryOperator;

/// What hosts begin from of which nothing is known: the champion of their class. Thread safe; never
/// waits.
///
/// @param classOf the class of an instance
public record HostStart(Champions champions, UnaryOperator<String> classOf) {
  /// Every host starts cold.
  public static final HostStart COLD = new HostStart(Champions.NONE, _ -> "");
}
