package io.fleetward.models.peers;

import io.fleetward.models.peers.PeerAssessment.Compared;
import io.fleetward.models.peers.PeerAssessment.Deviation;
import io.fleetward.models.peers.PeerAssessment.Undetermined;
import io.fleetward.protocol.labels.Labels;

/// A comparison as series of the host, for rules to read:
///
/// - `fleetward_peer_score`, 0 to 1;
/// - `fleetward_peer_deviation{feature}`, in robust standard deviations of the class;
/// - `fleetward_peer_hosts`, how many were compared;
/// - `fleetward_two_view_score`, the lesser of the peer score and the host's own anomaly score:
///   high only if the host is unlike its own past *and* unlike its peers.
///
/// What cannot be told is not there, so that no rule reads "not abnormal" out of "unknown".
public final class PeerSeries {
  /// Takes one value of one series.
  @FunctionalInterface
  public interface Sink {
    void accept(Labels series, double value);
  }

  private PeerSeries() {}

  /// Gives out the series of one host.
  ///
  /// @param ownScore the host's score against its own past at the same tick; NaN if unknown
  public static void tell(PeerAssessment assessment, double ownScore, Sink sink) {
    switch (assessment) {
      case Undetermined _ -> {}
      case Compared(String instance, double score, int hosts, var deviations) -> {
        sink.accept(series("fleetward_peer_score", instance), score);
        sink.accept(series("fleetward_peer_hosts", instance), hosts);
        for (Deviation each : deviations) {
          sink.accept(
              series("fleetward_peer_deviation", instance).with("feature", each.feature()),
              each.deviation());
        }
        double both = twoViews(ownScore, score);
        if (!Double.isNaN(both)) {
          sink.accept(series("fleetward_two_view_score", instance), both);
        }
      }
    }
  }

  /// How sure it is that a host is abnormal in both views; NaN if either is unknown.
  public static double twoViews(double ownScore, double peerScore) {
    return Math.min(ownScore, peerScore);
  }

  private static Labels series(String name, String instance) {
    return Labels.of(Labels.METRIC_NAME, name, Labels.INSTANCE, instance);
  }
}
