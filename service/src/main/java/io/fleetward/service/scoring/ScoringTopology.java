package io.fleetward.service.scoring;

import io.fleetward.protocol.metrics.DecodeLimits;
import io.fleetward.protocol.metrics.RemoteWriteDecoder;
import io.fleetward.protocol.topics.Topics;
import io.fleetward.service.enrolment.ScrapeKeys;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/// The stream graph. The first stage owns hosts: metrics in; alerts, rows for training and dead
/// letters out. The second owns components of rules across hosts: what hosts send it in, alerts and
/// results for the hosts out. Each has one store that survives.
final class ScoringTopology {
  static final String STORE = "hosts";
  static final String ALERTS = "alerts";
  static final String FEATURES = "features";
  static final String DEAD_LETTERS = "dead-letters";
  static final String COMPONENTS = "components";
  static final String TO_FLEET = "to-fleet";
  static final String FLEET_ALERTS = "fleet-alerts";
  static final String RESULTS = "results";
  private static final String FROM_HOSTS = "from-hosts";
  private static final String FROM_FLEET = "from-fleet";
  private static final String FLEET = "fleet";
  private static final String METRICS = "metrics";
  private static final String SCORING = "scoring";

  private ScoringTopology() {}

  /// @param grace how long the rest of a scrape is waited for that may come in parts
  static Topology of(
      PlanInForce plan,
      Fitting fitting,
      ClassMembership membership,
      ScrapeKeys keys,
      ScoringMetrics metrics,
      Duration grace) {
    RemoteWriteDecoder decoder = new RemoteWriteDecoder(DecodeLimits.DEFAULT);
    var text = Serdes.String();
    var bytes = Serdes.ByteArray();
    return new Topology()
        .addSource(METRICS, text.deserializer(), bytes.deserializer(), Topics.METRICS)
        .addSource(FROM_FLEET, text.deserializer(), bytes.deserializer(), Topics.RESULTS)
        .addProcessor(
            SCORING,
            () -> new ScoringProcessor(plan, decoder, fitting, membership, keys, metrics, grace),
            METRICS,
            FROM_FLEET)
        .addStateStore(
            Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.Bytes(), bytes)
                .withLoggingEnabled(Map.of())
                .withCachingDisabled(),
            SCORING)
        .addSink(ALERTS, Topics.ALERTS, text.serializer(), bytes.serializer(), SCORING)
        .addSink(FEATURES, Topics.FEATURES, text.serializer(), bytes.serializer(), SCORING)
        .addSink(DEAD_LETTERS, Topics.DEAD_LETTERS, text.serializer(), bytes.serializer(), SCORING)
        .addSink(TO_FLEET, Topics.FLEET, text.serializer(), bytes.serializer(), SCORING)
        .addSource(FROM_HOSTS, text.deserializer(), bytes.deserializer(), Topics.FLEET)
        .addProcessor(FLEET, () -> new FleetProcessor(plan, metrics), FROM_HOSTS)
        .addStateStore(
            Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(COMPONENTS), Serdes.Bytes(), bytes)
                .withLoggingEnabled(Map.of())
                .withCachingDisabled(),
            FLEET)
        .addSink(FLEET_ALERTS, Topics.ALERTS, text.serializer(), bytes.serializer(), FLEET)
        .addSink(RESULTS, Topics.RESULTS, text.serializer(), bytes.serializer(), FLEET);
  }
}
