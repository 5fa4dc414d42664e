package io.fleetward.models.training;

import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;

/// Which hosts of a class stand for it: those whose names, mixed, come first. Every instance of the
/// service chooses the same, before and after a restart.
public final class HostSample {
  private HostSample() {}

  /// @param most how many at most
  public static Set<String> of(Collection<String> instances, int most) {
    return instances.stream()
        .sorted(Comparator.comparingLong(HostSample::placeOf))
        .limit(most)
        .collect(Collectors.toUnmodifiableSet());
  }

  /// Finalizer of MurmurHash3, so that names that differ in one digit lie apart.
  static long placeOf(String instance) {
    long hash = 0;
    for (int i = 0; i < instance.length(); i++) {
      hash = 31 * hash + instance.charAt(i);
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }
}
