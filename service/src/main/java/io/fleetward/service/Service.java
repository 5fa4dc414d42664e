package io.fleetward.service;

import io.fleetward.rules.language.Selectors;
import io.fleetward.service.api.ApiServer;
import io.fleetward.service.api.ReadinessCheck;
import io.fleetward.service.control.ControlSide;
import io.fleetward.service.kafka.TopicCreation;
import io.fleetward.service.scoring.ScoringSide;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running service: the composition root. Files are read before anything is started, so that a
/// bad configuration changes nothing.
final class Service implements AutoCloseable {
  static final String VERSION = "0.1.0-SNAPSHOT";
  private static final Logger log = LoggerFactory.getLogger(Service.class);

  private final ControlSide control;
  private final ScoringSide scoring;
  private final ApiServer api;

  private Service(ControlSide control, ScoringSide scoring, ApiServer api) {
    this.control = control;
    this.scoring = scoring;
    this.api = api;
  }

  /// Starts all parts in the order of their dependencies.
  ///
  /// @throws io.fleetward.protocol.configuration.InvalidConfigurationException for bad files
  /// @throws io.fleetward.service.store.DatabaseUnavailableException without a database
  /// @throws io.fleetward.service.kafka.KafkaUnavailableException without brokers or topics
  /// @throws io.fleetward.service.api.CannotListenException if the API's address is taken
  static Service start(ServiceSettings settings) throws InterruptedException {
    log.atInfo().addKeyValue("configuration", settings.effective()).log("service starts");
    PrometheusRegistry registry = new PrometheusRegistry();
    ProcessMetrics.register(registry, VERSION);
    ScoringSide scoring = new ScoringSide(settings.scoring(), settings.kafka(), registry);
    ControlSide control =
        ControlSide.open(
            settings.control(),
            settings.kafka().bootstrapServers(),
            Selectors::parse,
            new ControlMetrics(registry),
            InstantSource.system());
    Service service = new Service(control, scoring, listen(settings, control, scoring, registry));
    try {
      TopicCreation.ensure(settings.kafka());
      control.start();
      scoring.start();
      return service;
    } catch (RuntimeException | InterruptedException e) {
      service.close();
      throw e;
    }
  }

  private static ApiServer listen(
      ServiceSettings settings,
      ControlSide control,
      ScoringSide scoring,
      PrometheusRegistry registry) {
    try {
      return ApiServer.start(
          settings.api(),
          control.control(),
          registry,
          List.of(
              new ReadinessCheck("stream", scoring::isReady),
              new ReadinessCheck("database", () -> control.database().answers())));
    } catch (RuntimeException e) {
      scoring.close();
      control.close();
      throw e;
    }
  }

  /// Stops in reverse order: first nothing new comes in, then what is under way ends.
  @Override
  public void close() {
    api.close();
    scoring.close();
    control.close();
    log.atInfo().log("service ended");
  }
}
