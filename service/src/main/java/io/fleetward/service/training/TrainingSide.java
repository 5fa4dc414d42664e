package io.fleetward.service.training;

import io.fleetward.models.training.TrainingSchedule;
import io.fleetward.service.kafka.KafkaSettings;
import io.fleetward.service.store.Database;
import io.fleetward.service.store.DatabaseUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Training in the service. One thread keeps champions and classes of hosts up to date; another,
/// while this instance holds the lease, reads feature rows, trains and compares, within its share
/// of CPU time.
///
/// They are never interrupted: H2 would lose its file to an interrupt in the middle of a write.
public final class TrainingSide implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TrainingSide.class);
  private static final Duration ROUND = Duration.ofSeconds(5);
  private static final Duration REFRESH = Duration.ofSeconds(2);
  private static final Duration LEASE = Duration.ofMinutes(30);
  private static final Duration SOONEST = Duration.ofHours(1);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private final TrainingSettings settings;
  private final KafkaSettings kafka;
  private final Database database;
  private final ModelRegistry registry;
  private final HostClasses classes;
  private final FaultLearning faults;
  private final Supplier<List<TrainableModel>> models;
  private final TrainingMetrics metrics;
  private final InstantSource clock;
  private final CpuBudget budget;
  private final TrainingRounds rounds;
  private final String holder = UUID.randomUUID().toString();
  private final Thread thread;
  private final Thread refreshing;

  // of the training thread
  private @Nullable FeatureReader reader;
  private RowLibrary library = new RowLibrary(List.of(), 1, 1);
  private List<TrainableModel> known = List.of();

  /// @param models in force now
  public TrainingSide(
      TrainingSettings settings,
      KafkaSettings kafka,
      Database database,
      ModelRegistry registry,
      HostClasses classes,
      FaultLearning faults,
      Supplier<List<TrainableModel>> models,
      TrainingMetrics metrics,
      InstantSource clock) {
    this.settings = settings;
    this.kafka = kafka;
    this.database = database;
    this.registry = registry;
    this.classes = classes;
    this.faults = faults;
    this.models = models;
    this.metrics = metrics;
    this.clock = clock;
    this.budget = new CpuBudget(Math.max(1, settings.cpuPercent()));
    this.rounds =
        new TrainingRounds(
            database,
            registry,
            new TrainingSchedule(settings.interval(), SOONEST),
            metrics,
            budget);
    this.thread = Thread.ofPlatform().name("training").daemon().unstarted(this::run);
    this.refreshing = Thread.ofPlatform().name("champions").daemon().unstarted(this::keepUpToDate);
  }

  /// Reads champions and classes once, then begins to work.
  public void start() {
    refresh();
    refreshing.start();
    thread.start();
  }

  /// On a thread of its own: training takes its time, and hosts begin meanwhile.
  private void keepUpToDate() {
    while (!budget.await(REFRESH)) {
      refresh();
    }
  }

  private void refresh() {
    try {
      classes.refresh(database);
      registry.refresh();
    } catch (DatabaseUnavailableException e) {
      log.atWarn()
          .addKeyValue("reason", e.getMessage())
          .log("classes and champions stay as they were known");
    }
  }

  private void run() {
    budget.begin();
    while (!budget.isEnded()) {
      try {
        round();
      } catch (CpuBudget.EndedException _) {
        // closing
      } catch (DatabaseUnavailableException e) {
        log.atWarn().addKeyValue("reason", e.getMessage()).log("training waits for the database");
      } catch (KafkaException e) {
        log.atWarn().addKeyValue("reason", e.getMessage()).log("training waits for Kafka");
        stopReading();
      } catch (RuntimeException e) {
        metrics.trained("failed");
        log.atError().setCause(e).log("training failed; goes on");
        stopReading();
      }
      budget.await(ROUND);
    }
    stopReading();
  }

  private void round() {
    Instant now = clock.instant();
    if (!settings.isOff()) {
      faults.learn(database);
    }
    boolean ours =
        !settings.isOff()
            && database.transaction(
                ledger -> ledger.training().lease(holder, now, now.plus(LEASE)));
    if (!ours) {
      stopReading();
      return;
    }
    read(now);
    metrics.state(library.rows(), budget.usedSeconds());
    rounds.run(library, now);
  }

  private void read(Instant now) {
    List<TrainableModel> inForce = models.get();
    FeatureReader reading = reader;
    if (reading == null || !inForce.equals(known)) {
      stopReading();
      known = inForce;
      library = new RowLibrary(inForce, settings.hostsPerClass(), settings.rowsPerHost());
      reading = new FeatureReader(kafka, now.minus(Duration.ofDays(settings.days())));
      reader = reading;
    }
    while (reading.read(
            row -> {
              metrics.received();
              library.add(row).ifPresent(metrics::dropped);
            },
            () -> metrics.dropped("malformed"))
        > 0) {
      budget.rest();
    }
  }

  private void stopReading() {
    FeatureReader reading = reader;
    reader = null;
    if (reading != null) {
      reading.close();
    }
    library = new RowLibrary(List.of(), 1, 1);
  }

  /// Ends the work at its next rest, and waits for that.
  @Override
  public void close() {
    budget.end();
    try {
      for (Thread one : List.of(refreshing, thread)) {
        if (one.isAlive() && !one.join(CLOSE_LIMIT)) {
          log.atWarn().addKeyValue("thread", one.getName()).log("did not end in time");
        }
      }
    } catch (InterruptedException _) {
      // whoever closes us is in a hurry itself
      Thread.currentThread().interrupt();
    }
  }
}
