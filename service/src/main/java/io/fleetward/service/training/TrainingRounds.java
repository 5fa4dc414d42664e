package io.fleetward.service.training;

import io.fleetward.models.registry.Lineage;
import io.fleetward.models.registry.ModelVersion;
import io.fleetward.models.training.ClassTraining;
import io.fleetward.models.training.ConfirmedIncident;
import io.fleetward.models.training.DriftSigns;
import io.fleetward.models.training.EvidenceRule;
import io.fleetward.models.training.HostRows;
import io.fleetward.models.training.Pace;
import io.fleetward.models.training.ShadowMatch;
import io.fleetward.models.training.Trained;
import io.fleetward.models.training.TrainingSchedule;
import io.fleetward.models.training.TrainingSubject;
import io.fleetward.models.training.TrainingTerms;
import io.fleetward.models.training.Verdict;
import io.fleetward.remediation.incident.Incident;
import io.fleetward.service.store.Database;
import io.fleetward.service.store.ModelHistoryTable.Line;
import io.fleetward.service.store.TrainingTable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Trains what is due and lets challengers score in the shadow. Confined to the training thread.
final class TrainingRounds {
  private static final Logger log = LoggerFactory.getLogger(TrainingRounds.class);
  private static final Duration BETWEEN_MATCHES = Duration.ofHours(1);

  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(10);

  private final Database database;
  private final ModelRegistry registry;
  private final TrainingSchedule schedule;
  private final TrainingMetrics metrics;
  private final Pace pace;

  /// Classes by when it was last looked whether training is due.
  private final Map<Line, Instant> lookedAt = new HashMap<>();

  /// Challengers by when they were last compared with their champion.
  private final Map<String, Instant> compared = new HashMap<>();

  TrainingRounds(
      Database database,
      ModelRegistry registry,
      TrainingSchedule schedule,
      TrainingMetrics metrics,
      Pace pace) {
    this.database = database;
    this.registry = registry;
    this.schedule = schedule;
    this.metrics = metrics;
    this.pace = pace;
  }

  /// Looks after every class that has rows.
  void run(RowLibrary library, Instant now) {
    List<Line> lines =
        library.lines().stream().sorted((a, b) -> a.toString().compareTo(b.toString())).toList();
    for (Line line : lines) {
      TrainableModel model = library.modelOf(line);
      TrainingSubject subject = model.subject(line.hostClass());
      train(subject, line, library, now);
      compare(subject, line, library, now);
    }
  }

  private void train(TrainingSubject subject, Line line, RowLibrary library, Instant now) {
    TrainingTable.Row row =
        database.transaction(ledger -> {
          ledger.training().ensure(line.model(), line.hostClass());
          return ledger.training().find(line.model(), line.hostClass()).orElseThrow();
        });
    Instant looked = lookedAt.getOrDefault(line, Instant.EPOCH);
    if (row.askedBy().isEmpty() && now.isBefore(looked.plus(BETWEEN_LOOKS))) {
      return;
    }
    lookedAt.put(line, now);
    List<ConfirmedIncident> incidents = incidents(now);
    List<HostRows> rows = library.rowsOf(line);
    Optional<String> reason =
        row.askedBy()
            .map(person -> "asked by " + person)
            .or(() ->
                schedule.due(
                    now,
                    row.triedAt().orElse(Instant.MIN),
                    champion(subject, line).isPresent(),
                    DriftSigns.of(rows, incidents, now.getEpochSecond())));
    if (reason.isEmpty()) {
      return;
    }
    Trained trained =
        new ClassTraining(subject, TrainingTerms.DEFAULT, pace).train(rows, incidents, now);
    String outcome =
        switch (trained) {
          case Trained.Version(ModelVersion version) -> enter(subject, version, now);
          case Trained.Refused(String why) -> {
            metrics.trained("refused");
            yield "no version: " + why;
          }
        };
    log.atInfo()
        .addKeyValue("model", line.model())
        .addKeyValue("class", line.hostClass())
        .addKeyValue("cause", reason.get())
        .addKeyValue("outcome", outcome)
        .log("training");
    database.transaction(ledger -> {
      ledger.training().tried(line.model(), line.hostClass(), now, outcome);
      return true;
    });
  }

  private String enter(TrainingSubject subject, ModelVersion version, Instant now) {
    Verdict usable =
        new EvidenceRule(subject.falseEpisodesPerDay()).usable(version.provenance().heldOut());
    boolean use = usable instanceof Verdict.For;
    metrics.trained(use ? "version" : "unusable");
    Lineage.Change change = registry.enter(version, usable, now);
    return switch (change) {
      case Lineage.Change.Made _ ->
          "version %s%s: %s".formatted(version.id(), use ? "" : " is not usable", usable.reason());
      case Lineage.Change.Refused(String why) -> "version %s: %s".formatted(version.id(), why);
    };
  }

  /// Lets champion and challenger score what neither has learnt.
  private void compare(TrainingSubject subject, Line line, RowLibrary library, Instant now) {
    Optional<ModelVersion> challenger =
        registry
            .lineage(line)
            .challenger()
            .filter(id -> isDue(id, now))
            .flatMap(id -> registry.version(line, id))
            .filter(version -> isReadable(subject, version));
    if (challenger.isEmpty()) {
      return;
    }
    compared.put(challenger.get().id(), now);
    Optional<ModelVersion> champion = champion(subject, line);
    Verdict verdict =
        champion.isEmpty()
            ? new Verdict.For("there is no champion that this program can go on from")
            : judge(subject, champion.get(), challenger.get(), library.rowsOf(line), now);
    if (verdict instanceof Verdict.For) {
      registry.promote(challenger.get(), now, verdict.reason());
    } else {
      log.atInfo()
          .addKeyValue("model", line.model())
          .addKeyValue("class", line.hostClass())
          .addKeyValue("challenger", challenger.get().id())
          .addKeyValue("reason", verdict.reason())
          .log("the champion stays");
    }
  }

  private Verdict judge(
      TrainingSubject subject,
      ModelVersion champion,
      ModelVersion challenger,
      List<HostRows> rows,
      Instant now) {
    ShadowMatch.Records records =
        new ShadowMatch(subject, champion, challenger, incidents(now), pace).over(rows);
    return new EvidenceRule(subject.falseEpisodesPerDay())
        .better(records.champion(), records.challenger());
  }

  private boolean isDue(String challenger, Instant now) {
    return !now.isBefore(compared.getOrDefault(challenger, Instant.EPOCH).plus(BETWEEN_MATCHES));
  }

  /// The champion, if this program can go on from it.
  private Optional<ModelVersion> champion(TrainingSubject subject, Line line) {
    return registry
        .champion(line.model(), line.hostClass())
        .filter(version -> isReadable(subject, version));
  }

  private static boolean isReadable(TrainingSubject subject, ModelVersion version) {
    Optional<String> misfit = subject.misfit(version);
    misfit.ifPresent(reason ->
        log.atWarn()
            .addKeyValue("model", subject.model())
            .addKeyValue("class", subject.hostClass())
            .addKeyValue("reason", reason)
            .log("a version cannot be used"));
    return misfit.isEmpty();
  }

  private List<ConfirmedIncident> incidents(Instant now) {
    return database.transaction(ledger ->
        ledger.incidents().confirmed(now.minus(Duration.ofDays(30))).stream()
            .map(TrainingRounds::confirmed)
            .toList());
  }

  private static ConfirmedIncident confirmed(Incident incident) {
    long until =
        incident instanceof Incident.Resolved resolved
            ? resolved.resolvedAt().getEpochSecond()
            : Long.MAX_VALUE;
    return new ConfirmedIncident(
        incident.key().instance(), incident.openedAt().getEpochSecond(), until);
  }
}
