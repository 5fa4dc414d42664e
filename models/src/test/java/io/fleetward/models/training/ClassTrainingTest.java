package io.fleetward.models.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.models.registry.ModelVersion;
import io.fleetward.models.registry.Provenance;
import io.fleetward.models.registry.ShadowRecord;
import io.fleetward.models.stream.Ensemble;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassTrainingTest {
  private static final Instant AT = Instant.ofEpochSecond(ClassRows.START + 3 * 86_400);
  private static final TrainingSubject SUBJECT =
      new TrainingSubject("host", "web", ClassRows.FEATURES);
  private static final ClassTraining TRAINING =
      new ClassTraining(SUBJECT, TrainingTerms.DEFAULT, Pace.FULL);
  private static final List<HostRows> HOSTS =
      List.of(
          ClassRows.host("web-1", 2_880, 1),
          ClassRows.host("web-2", 2_880, 2),
          ClassRows.host("web-3", 2_880, 3));

  @Test
  void makesAVersionThatSaysWhereItComesFrom() {
    ModelVersion version = version(HOSTS, List.of());

    Provenance provenance = version.provenance();
    assertThat(provenance.features()).isEqualTo(ClassRows.FEATURES);
    assertThat(provenance.hosts())
        .extracting(Provenance.LearntHost::instance)
        .containsExactly("web-1", "web-2", "web-3");
    assertThat(provenance.rows()).isEqualTo(3 * 2_160);
    assertThat(provenance.leftOut()).containsExactly(java.util.Map.entry("held out", 2_160L));
    assertThat(provenance.from()).isEqualTo(Instant.ofEpochSecond(ClassRows.START));
    assertThat(provenance.to()).isEqualTo(Instant.ofEpochSecond(ClassRows.START + 2_159 * 60));
    assertThat(provenance.tribuo().version()).isNotEmpty();
    assertThat(version.misfit("host", ClassRows.FEATURES)).isEmpty();
  }

  @Test
  void healthyHostsMakeAUsableVersion() {
    ShadowRecord heldOut = version(HOSTS, List.of()).provenance().heldOut();

    assertThat(heldOut.rows()).isEqualTo(2_160);
    assertThat(heldOut.hostDays()).isBetween(1.49, 1.51);
    assertThat(heldOut.undetermined()).isZero();
    assertThat(heldOut.incidents()).isZero();
    assertThat(new EvidenceRule(2).usable(heldOut)).isInstanceOf(Verdict.For.class);
  }

  @Test
  void theSameRowsMakeTheSameBytes() {
    assertThat(version(HOSTS, List.of()).toBytes()).isEqualTo(version(HOSTS, List.of()).toBytes());
  }

  @Test
  void aHostThatBeginsFromItKnowsWhatIsUsualAtOnce() {
    Ensemble ensemble = SUBJECT.from(version(HOSTS, List.of()));
    HostRows fourth = ClassRows.host("web-4", 600, 4);
    double[] row = new double[3];
    int unusual = 0;
    for (int i = 0; i < fourth.size(); i++) {
      fourth.read(i, row);
      double score = ensemble.score(fourth.seconds(i) + 4 * 86_400, row);
      assertThat(score).isNotNaN();
      unusual += score > 0.99 ? 1 : 0;
    }
    row[0] = 1;

    assertThat(unusual).isLessThan(60);
    assertThat(ensemble.score(fourth.seconds(599) + 4 * 86_400 + 60, row)).isGreaterThan(0.99);
  }

  @Test
  void confirmedIncidentsAreNotLearntAndAreFound() {
    HostRows ill =
        ClassRows.host(
            "web-1",
            2_880,
            1,
            (minute, row) -> {
              if ((minute >= 500 && minute < 560) || (minute >= 2_500 && minute < 2_560)) {
                row[0] += 0.6;
              }
            });
    List<ConfirmedIncident> incidents =
        List.of(incident("web-1", 500, 560), incident("web-1", 2_500, 2_560));

    ModelVersion version = version(List.of(ill, HOSTS.get(1)), incidents);

    assertThat(version.provenance().leftOut()).containsEntry("confirmed incident", 91L);
    assertThat(version.provenance().heldOut().incidents()).isEqualTo(1);
    assertThat(version.provenance().heldOut().found()).isEqualTo(1);
  }

  @Test
  void shortAlarmsAreNotLearntLongOnesAreTheNewUsual() {
    RetainedRows rows = new RetainedRows(1, 1, 3_000);
    for (int minute = 0; minute < 3_000; minute++) {
      boolean brief = minute >= 100 && minute < 130;
      boolean lasting = minute >= 1_000 && minute < 1_500;
      rows.add(
          "web-1",
          ClassRows.START + minute * 60L,
          new double[] {minute % 7},
          0.5,
          brief || lasting);
    }
    ClassTraining training =
        new ClassTraining(
            new TrainingSubject("host", "web", List.of("x")), TrainingTerms.DEFAULT, Pace.FULL);

    assertThat(training.train(rows.snapshot(), List.of(), AT))
        .isInstanceOfSatisfying(
            Trained.Version.class,
            made ->
                assertThat(made.version().provenance().leftOut())
                    .containsEntry("short alarm", 30L)
                    .containsEntry("held out", 750L));
  }

  @Test
  void tooFewHealthyRowsMakeNoVersion() {
    HostRows brief = ClassRows.host("web-1", 300, 1);
    HostRows tiny = ClassRows.host("web-2", 100, 2);

    assertThat(TRAINING.train(List.of(brief, tiny), List.of(), AT))
        .isInstanceOfSatisfying(
            Trained.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .startsWith(
                        "model \"host\", class \"web\": 225 healthy rows to learn and 75 held out, of 1 hosts; a version needs 1000 and 240.")
                    .contains("short history=75"));
  }

  @Test
  void nothingButIllRowsMakesNoVersion() {
    assertThat(TRAINING.train(HOSTS.subList(0, 1), List.of(incident("web-1", 0, 2_880)), AT))
        .isInstanceOf(Trained.Refused.class);
    assertThat(TRAINING.train(List.of(), List.of(), AT)).isInstanceOf(Trained.Refused.class);
  }

  @Test
  void aChampionThatLearntAnotherTimeIsOutdoneByOneThatKnowsThisOne() {
    // From the second day on everything is louder: the champion learnt only the first.
    List<HostRows> young =
        List.of(
            drifted("web-1", 1_440, 11), drifted("web-2", 1_440, 12), drifted("web-3", 1_440, 13));
    List<HostRows> old =
        List.of(
            drifted("web-1", 5_760, 11), drifted("web-2", 5_760, 12), drifted("web-3", 5_760, 13));
    ModelVersion champion = version(young, List.of());
    ModelVersion challenger = version(old, List.of());

    ShadowMatch match = new ShadowMatch(SUBJECT, champion, challenger, List.of(), Pace.FULL);
    ShadowMatch.Records records = match.over(old);

    assertThat(records.champion().rows())
        .isEqualTo(records.challenger().rows())
        .isEqualTo(3 * 1_440);
    assertThat(records.challenger().calibrationError())
        .isLessThanOrEqualTo(records.champion().calibrationError());
  }

  private static HostRows drifted(String instance, int minutes, long seed) {
    return ClassRows.host(
        instance,
        minutes,
        seed,
        (minute, row) -> {
          if (minute >= 1_440) {
            row[2] += 200;
          }
        });
  }

  private static ConfirmedIncident incident(String instance, int from, int to) {
    return new ConfirmedIncident(
        instance, ClassRows.START + from * 60L, ClassRows.START + to * 60L);
  }

  private static ModelVersion version(List<HostRows> hosts, List<ConfirmedIncident> incidents) {
    return switch (TRAINING.train(hosts, incidents, AT)) {
      case Trained.Version(ModelVersion version) -> version;
      case Trained.Refused(String reason) -> throw new AssertionError(reason);
    };
  }
}
