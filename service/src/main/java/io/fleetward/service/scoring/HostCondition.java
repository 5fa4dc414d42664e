package io.fleetward.service.scoring;

import io.fleetward.protocol.messages.AlertMessage.FaultSigns;
import io.fleetward.rules.engine.AlertInstance;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a host's owner remembers besides samples and models. Stored as JSON.
///
/// @param episodes one for each model, in the order of the models
/// @param strongest the strongest instant of the present anomaly; null while there is none
record HostCondition(
    List<AlertInstance> alerts, List<Episode> episodes, @Nullable Strongest strongest) {
  HostCondition {
    alerts = List.copyOf(alerts);
    episodes = List.copyOf(episodes);
  }

  /// The same without the values and texts of alerts, which change all the time.
  HostCondition steady() {
    return new HostCondition(
        alerts.stream().map(HostCondition::steady).toList(), episodes, strongest);
  }

  static AlertInstance steady(AlertInstance alert) {
    return new AlertInstance(
        alert.key(),
        alert.group(),
        alert.rule(),
        alert.labels(),
        Map.of(),
        alert.state(),
        0,
        alert.activeAt(),
        alert.firedAt(),
        alert.resolvedAt(),
        alert.keepFiringSince());
  }

  /// The instant of an anomaly at which it stood out most.
  ///
  /// @param score of the model that tells kinds; below 0 if that could not say
  record Strongest(double score, FaultSigns signs) {}

  /// A time during which a model found the host anomalous, in the broker's ms.
  ///
  /// @param since the first anomalous score; 0 while there is none
  /// @param last the latest anomalous score
  record Episode(String model, long since, long last) {
    /// A score may dip for a moment without ending an episode.
    static final long GAP_MILLIS = 30_000;

    static Episode none(String model) {
      return new Episode(model, 0, 0);
    }

    boolean isOpen() {
      return since != 0;
    }

    /// This episode after a score at a time.
    Episode after(boolean anomalous, long at) {
      if (anomalous) {
        return new Episode(model, isOpen() ? since : at, at);
      }
      return isOpen() && at - last > GAP_MILLIS ? none(model) : this;
    }
  }
}
