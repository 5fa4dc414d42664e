package io.fleetward.service.scoring;

import io.fleetward.rules.evaluation.EvaluationSettings;
import io.fleetward.service.configuration.ActiveSet;
import io.fleetward.service.configuration.SetInForce;
import io.fleetward.service.desk.RuleAlertView;
import io.fleetward.service.desk.RuleDesk;
import io.fleetward.service.desk.RuleGroupView;
import io.fleetward.service.enrolment.ScrapeKeys;
import io.fleetward.service.kafka.KafkaSettings;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The scoring half of the service: runs the stream between [#start] and [#close].
public final class ScoringSide implements AutoCloseable, RuleDesk, SetInForce.Part {
  private static final Logger log = LoggerFactory.getLogger(ScoringSide.class);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private final ExecutorService fitting = Fitting.ownThread();
  private final PlanInForce plan;
  private final ScoringMetrics metrics;
  private final Topology topology;
  private final Properties properties;
  private volatile @Nullable KafkaStreams streams;

  /// @param set the rules and models to begin with
  public ScoringSide(
      ScoringSettings settings,
      KafkaSettings kafka,
      ActiveSet set,
      ClassMembership membership,
      ScrapeKeys keys,
      PrometheusRegistry registry) {
    ScoringPlan plan =
        ScoringPlan.of(
            set.rules(),
            set.models(),
            EvaluationSettings.standard().withMaxSamples(settings.maxSamples()),
            settings.refresh());
    this.plan = new PlanInForce(plan, settings.fleet(), new RuleMetrics(registry));
    this.metrics = new ScoringMetrics(registry);
    this.topology =
        ScoringTopology.of(
            this.plan, new Fitting(fitting), membership, keys, metrics, settings.grace());
    this.properties = properties(settings, kafka);
  }

  /// Makes a plan of other rules and models; each host goes over to it with its next record.
  @Override
  public Runnable prepare(ActiveSet set) {
    ScoringPlan next = plan.get().plan().replacedBy(set.rules(), set.models());
    return () -> plan.replaceBy(next);
  }

  /// Whether this instance of the service evaluates the rules of a host now, or of a rule group
  /// across hosts.
  ///
  /// @param instance as alerts have it
  public boolean owns(String instance) {
    return metrics.owns(instance) || plan.get().board().ownsAcross(instance);
  }

  @Override
  public List<RuleGroupView> ruleGroups() {
    return new RuleViews(plan.get().board()).groups();
  }

  @Override
  public List<RuleAlertView> alerts() {
    return new RuleViews(plan.get().board()).alerts();
  }

  private static Properties properties(ScoringSettings settings, KafkaSettings kafka) {
    Properties properties = new Properties();
    properties.putAll(kafka.clientProperties());
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, kafka.replication());
    properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbyReplicas());
    // A killed owner's hosts are taken over after this long.
    properties.put(StreamsConfig.consumerPrefix("session.timeout.ms"), 6_000);
    properties.put(StreamsConfig.consumerPrefix("heartbeat.interval.ms"), 2_000);
    properties.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    properties.put(StreamsConfig.producerPrefix("transaction.timeout.ms"), 10_000);
    properties.put(StreamsConfig.producerPrefix("max.request.size"), 4 << 20);
    return properties;
  }

  /// Starts the stream. Its Kafka clients are made only now, because they connect at once.
  public void start() {
    KafkaStreams started = new KafkaStreams(topology, properties);
    streams = started;
    started.setUncaughtExceptionHandler(exception -> {
      log.atError().setCause(exception).log("the stream stopped on an error and starts again");
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    });
    started.start();
  }

  /// Whether the stream runs: partitions assigned, state restored.
  public boolean isReady() {
    KafkaStreams started = streams;
    return started != null && started.state() == KafkaStreams.State.RUNNING;
  }

  @Override
  public void close() {
    KafkaStreams started = streams;
    if (started != null) {
      started.close(CLOSE_LIMIT);
    }
    fitting.shutdownNow();
  }
}
