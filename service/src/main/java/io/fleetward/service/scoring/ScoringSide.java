package io.fleetward.service.scoring;

import io.fleetward.models.specification.ModelFiles;
import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.protocol.configuration.Problem;
import io.fleetward.rules.file.RuleFiles;
import io.fleetward.service.kafka.KafkaSettings;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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

/// The scoring half of the service: reads rules and models when made, runs the stream between
/// [#start] and [#close].
public final class ScoringSide implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ScoringSide.class);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private final ExecutorService fitting = Fitting.ownThread();
  private final Topology topology;
  private final Properties properties;
  private volatile @Nullable KafkaStreams streams;

  /// @throws InvalidConfigurationException with every problem of the rule and model files
  public ScoringSide(ScoringSettings settings, KafkaSettings kafka, PrometheusRegistry registry) {
    ScoringPlan plan =
        ScoringPlan.of(
            RuleFiles.load(ruleFiles(settings.rules())),
            ModelFiles.load(List.of(settings.models())),
            settings.refresh());
    this.topology = ScoringTopology.of(plan, new Fitting(fitting), new ScoringMetrics(registry));
    this.properties = properties(settings, kafka);
  }

  /// The rule files of a folder; those in folders below it, such as rule tests, are not among them.
  private static List<Path> ruleFiles(Path folder) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.{yaml,yml}")) {
      found.forEach(files::add);
    } catch (IOException e) {
      throw new InvalidConfigurationException(
          List.of(
              Problem.of(
                  folder.toString(),
                  "cannot be read (%s); set scoring.rules to a folder of rule files"
                      .formatted(e))));
    }
    Collections.sort(files);
    return files;
  }

  private static Properties properties(ScoringSettings settings, KafkaSettings kafka) {
    Properties properties = new Properties();
    properties.putAll(kafka.clientProperties());
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.state().toString());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, kafka.replication());
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
