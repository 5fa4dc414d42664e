package io.fleetward.service;

import io.fleetward.models.host.HostStart;
import io.fleetward.protocol.configuration.Problem;
import io.fleetward.protocol.process.Termination;
import io.fleetward.service.api.ApiServer;
import io.fleetward.service.api.ReadinessCheck;
import io.fleetward.service.configuration.ReloadMetrics;
import io.fleetward.service.configuration.ReloadTriggers;
import io.fleetward.service.configuration.SetInForce;
import io.fleetward.service.configuration.SetInForce.PostponedException;
import io.fleetward.service.configuration.SetInForce.Reload;
import io.fleetward.service.control.ControlSide;
import io.fleetward.service.control.RulesEverywhere;
import io.fleetward.service.desk.ConfigurationDesk.Reloaded;
import io.fleetward.service.desk.Desk.Person;
import io.fleetward.service.desk.Desks;
import io.fleetward.service.enrolment.Enrolments;
import io.fleetward.service.ingest.KafkaMetricsSink;
import io.fleetward.service.ingest.RemoteWriteReceiver;
import io.fleetward.service.kafka.KafkaSettings;
import io.fleetward.service.kafka.KafkaUnavailableException;
import io.fleetward.service.kafka.TopicCreation;
import io.fleetward.service.scoring.ClassMembership;
import io.fleetward.service.scoring.ScoringSide;
import io.fleetward.service.store.DatabaseUnavailableException;
import io.fleetward.service.training.FaultLearning;
import io.fleetward.service.training.HostClasses;
import io.fleetward.service.training.ModelRegistry;
import io.fleetward.service.training.ModelsInForce;
import io.fleetward.service.training.RegistryDesk;
import io.fleetward.service.training.TrainingMetrics;
import io.fleetward.service.training.TrainingSide;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running service: the composition root. Files are read before anything is started, so that a
/// bad configuration changes nothing.
final class Service implements AutoCloseable {
  static final String VERSION = "0.1.0-SNAPSHOT";
  private static final Logger log = LoggerFactory.getLogger(Service.class);

  private final ControlSide control;
  private final TrainingSide training;
  private final ScoringSide scoring;
  private final KafkaMetricsSink ingest;
  private final ApiServer api;
  private final ReloadTriggers triggers;

  private Service(
      ControlSide control,
      TrainingSide training,
      ScoringSide scoring,
      KafkaMetricsSink ingest,
      ApiServer api,
      ReloadTriggers triggers) {
    this.control = control;
    this.training = training;
    this.scoring = scoring;
    this.ingest = ingest;
    this.api = api;
    this.triggers = triggers;
  }

  /// Makes all parts in the order of their dependencies; people are heard from now on (I4).
  ///
  /// @throws io.fleetward.protocol.configuration.InvalidConfigurationException for bad files
  /// @throws io.fleetward.service.store.DatabaseUnavailableException without a database
  /// @throws io.fleetward.service.api.CannotListenException if the API's address is taken
  static Service open(ServiceSettings settings) {
    log.atInfo().addKeyValue("configuration", settings.effective()).log("service starts");
    ServiceFiles files = ServiceFiles.read(settings);
    PrometheusRegistry registry = new PrometheusRegistry();
    ProcessMetrics.register(registry, VERSION);
    ControlSide control =
        ControlSide.open(
            settings.control(),
            files.keys(),
            files.set().policies(),
            settings.kafka().bootstrapServers(),
            new ControlMetrics(registry),
            InstantSource.system());
    ModelsInForce models = new ModelsInForce(files.set());
    ModelRegistry versions = new ModelRegistry(control.database());
    HostClasses classes =
        new HostClasses(settings.training().classLabels(), settings.training().hostsLearnt());
    FaultLearning faults = new FaultLearning();
    ScoringSide scoring =
        new ScoringSide(
            settings.scoring(),
            settings.kafka(),
            files.set(),
            new ClassMembership(
                new HostStart(versions, classes::of), classes::isLearnt, faults::classifier),
            control.hosts(),
            registry);
    TrainingSide training =
        new TrainingSide(
            settings.training(),
            settings.kafka(),
            control.database(),
            versions,
            classes,
            faults,
            models,
            new TrainingMetrics(registry),
            InstantSource.system());
    SetInForce set =
        new SetInForce(
            files.files(),
            files.set(),
            List.of(policiesOf(control), scoring, models),
            new ReloadMetrics(registry),
            InstantSource.system());
    Desks desks =
        new Desks(
            control.control(),
            new RulesEverywhere(scoring, scoring::owns, control.database(), InstantSource.system()),
            person -> reload(set, person),
            new RegistryDesk(control.database(), versions, models, InstantSource.system()),
            new Enrolments(control.database(), control.hosts(), InstantSource.system()));
    KafkaMetricsSink ingest = new KafkaMetricsSink(settings.kafka());
    RemoteWriteReceiver receiver =
        new RemoteWriteReceiver(settings.ingest(), files.relabelling(), ingest);
    ApiServer api = listen(settings, control, scoring, desks, receiver, registry);
    ReloadTriggers triggers = new ReloadTriggers(set, settings.folders());
    triggers.start();
    return new Service(control, training, scoring, ingest, api, triggers);
  }

  /// Waits for the brokers and begins to work.
  ///
  /// @return false if the program was told to end before they answered
  /// @throws KafkaUnavailableException without brokers or topics
  boolean begin(KafkaSettings kafka, Termination termination) throws InterruptedException {
    if (!awaitTopics(kafka, termination)) {
      return false;
    }
    control.start();
    training.start();
    scoring.start();
    ingest.open();
    return true;
  }

  /// Asks on a thread of its own, which may wait long: who is told to end ends at once.
  private static boolean awaitTopics(KafkaSettings kafka, Termination termination)
      throws InterruptedException {
    CompletableFuture<Boolean> ready =
        CompletableFuture.supplyAsync(
            () -> ensureTopics(kafka),
            waiting -> Thread.ofPlatform().daemon().name("topics").start(waiting));
    termination.whenAsked(() -> ready.complete(false));
    try {
      return ready.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaUnavailableException unavailable) {
        throw unavailable;
      }
      throw new IllegalStateException("the topics could not be looked at", e);
    }
  }

  private static boolean ensureTopics(KafkaSettings kafka) {
    try {
      TopicCreation.ensure(kafka);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  private static SetInForce.Part policiesOf(ControlSide control) {
    return set ->
        () -> {
          try {
            control.control().activate(set.policies());
          } catch (DatabaseUnavailableException e) {
            throw new PostponedException(String.valueOf(e.getMessage()), e);
          }
        };
  }

  private static ApiServer listen(
      ServiceSettings settings,
      ControlSide control,
      ScoringSide scoring,
      Desks desks,
      RemoteWriteReceiver receiver,
      PrometheusRegistry registry) {
    try {
      return ApiServer.start(
          settings.api(),
          receiver,
          desks,
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

  private static Reloaded reload(SetInForce set, Person person) {
    return switch (set.reload("asked by " + person.name())) {
      case Reload.Activated(String version) -> new Reloaded.InForce(version, true);
      case Reload.Unchanged(String version) -> new Reloaded.InForce(version, false);
      case Reload.Refused(_, List<Problem> problems) -> new Reloaded.Refused(problems);
      case Reload.Postponed(_, String reason) -> new Reloaded.Postponed(reason);
    };
  }

  /// Stops in reverse order: first nothing new comes in, then what is under way ends.
  @Override
  public void close() {
    triggers.close();
    api.close();
    ingest.close();
    scoring.close();
    training.close();
    control.close();
    log.atInfo().log("service ended");
  }
}
