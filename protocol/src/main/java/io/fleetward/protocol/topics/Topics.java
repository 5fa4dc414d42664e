package io.fleetward.protocol.topics;

import java.util.List;

/// The Kafka topics that agents and services share. All use `message.timestamp.type=LogAppendTime`.
public final class Topics {
  /// Remote-write records, one per host and scrape; key: instance.
  public static final String METRICS = "fleetward.metrics.v1";

  /// Alert transitions and refreshes, JSON; key: instance.
  public static final String ALERTS = "fleetward.alerts.v1";

  /// Signed plans, DSSE; key: instance.
  public static final String PLANS = "fleetward.plans.v1";

  /// Signed outcomes, DSSE; key: instance.
  public static final String OUTCOMES = "fleetward.outcomes.v1";

  /// The services' signed heartbeats, DSSE; one partition.
  public static final String HEARTBEATS = "fleetward.heartbeats.v1";

  /// What each host is and is willing to do, JSON, compacted; key: instance.
  public static final String HOSTS = "fleetward.hosts.v1";

  /// What models saw of some hosts of each class and said, JSON, one record for each row; key:
  /// instance.
  public static final String FEATURES = "fleetward.features.v1";

  /// What hosts send to the place where they are looked at together, between the two stages of
  /// scoring; key: component of rule groups.
  public static final String FLEET = "fleetward.fleet.v1";

  /// What was found there about single hosts, remote-write 2.0; key: instance. It has as many
  /// partitions as [#METRICS].
  public static final String RESULTS = "fleetward.fleet-results.v1";

  /// Records that could not be decoded, as they came, with the reason in headers; key: as it came.
  public static final String DEAD_LETTERS = "fleetward.dead-letters.v1";

  public static final List<String> ALL =
      List.of(
          METRICS,
          ALERTS,
          PLANS,
          OUTCOMES,
          HEARTBEATS,
          HOSTS,
          FEATURES,
          FLEET,
          RESULTS,
          DEAD_LETTERS);

  private Topics() {}
}
