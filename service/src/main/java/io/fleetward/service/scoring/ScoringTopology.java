package io.fleetward.service.scoring;

import io.fleetward.protocol.metrics.DecodeLimits;
import io.fleetward.protocol.metrics.RemoteWriteDecoder;
import io.fleetward.protocol.topics.Topics;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/// The stream graph: metrics in; alerts, rows for training and dead letters out, one store that
/// survives.
final class ScoringTopology {
  static final String STORE = "hosts";
  static final String ALERTS = "alerts";
  static final String FEATURES = "features";
  static final String DEAD_LETTERS = "dead-letters";
  private static final String METRICS = "metrics";
  private static final String SCORING = "scoring";

  private ScoringTopology() {}

  /// @param grace how long the rest of a scrape is waited for that may come in parts
  static Topology of(
      PlanInForce plan,
      Fitting fitting,
      ClassMembership membership,
      ScoringMetrics metrics,
      Duration grace) {
    RemoteWriteDecoder decoder = new RemoteWriteDecoder(DecodeLimits.DEFAULT);
    var text = Serdes.String();
    var bytes = Serdes.ByteArray();
    return new Topology()
        .addSource(METRICS, text.deserializer(), bytes.deserializer(), Topics.METRICS)
        .addProcessor(
            SCORING,
            () -> new ScoringProcessor(plan, decoder, fitting, membership, metrics, grace),
            METRICS)
        .addStateStore(
            Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.Bytes(), bytes)
                .withLoggingEnabled(Map.of())
                .withCachingDisabled(),
            SCORING)
        .addSink(ALERTS, Topics.ALERTS, text.serializer(), bytes.serializer(), SCORING)
        .addSink(FEATURES, Topics.FEATURES, text.serializer(), bytes.serializer(), SCORING)
        .addSink(DEAD_LETTERS, Topics.DEAD_LETTERS, text.serializer(), bytes.serializer(), SCORING);
  }
}
