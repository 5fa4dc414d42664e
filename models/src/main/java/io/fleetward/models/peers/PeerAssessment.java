package io.fleetward.models.peers;

import java.util.List;

/// What the comparison says about one host.
public sealed interface PeerAssessment {
  String instance();

  /// Nothing can be said, and why.
  record Undetermined(String instance, String reason) implements PeerAssessment {}

  /// How far the host is from its peers.
  ///
  /// @param score one minus the probability that a host like its peers has a feature so far out; 0
  ///   to 1
  /// @param hosts how many were compared, this one included
  /// @param deviations those features that could be compared, the furthest first
  record Compared(String instance, double score, int hosts, List<Deviation> deviations)
      implements PeerAssessment {
    public Compared {
      deviations = List.copyOf(deviations);
    }
  }

  /// One feature of the host.
  ///
  /// @param feature the series it comes from
  /// @param actual the host's value
  /// @param expected the median of the class
  /// @param deviation in robust standard deviations of the class, negative below the median; 0 on
  ///   the side that does not count
  record Deviation(String feature, double actual, double expected, double deviation) {}
}
