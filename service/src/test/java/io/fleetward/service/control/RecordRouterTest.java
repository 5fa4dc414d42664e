package io.fleetward.service.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.messages.Outcome.Status;
import io.fleetward.protocol.messages.PayloadTypes;
import io.fleetward.protocol.messages.Plan;
import io.fleetward.protocol.signing.SigningKey;
import io.fleetward.protocol.signing.TrustedKeys;
import io.fleetward.protocol.topics.Headers;
import io.fleetward.protocol.topics.Topics;
import io.fleetward.service.desk.HostView;
import io.fleetward.service.enrolment.HostKeys;
import io.fleetward.service.store.DatabaseUnavailableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordRouterTest {
  private static final Alerts ALERT = Alerts.runaway("4711");
  private static final SigningKey.Generated WEB_1 = SigningKey.generate("web-1");
  private static final SigningKey.Generated WEB_2 = SigningKey.generate("web-2");
  private static final SigningKey.Generated STRANGER = SigningKey.generate("web-1");

  @TempDir Path folder;

  private static RecordRouter router(StagedControl stage) {
    TrustedKeys keys = new TrustedKeys(List.of(WEB_1.trustedKey(), WEB_2.trustedKey()));
    Map<String, Intake> intakes =
        Map.of(
            Topics.ALERTS, new AlertConsumer(stage.control()),
            Topics.OUTCOMES, new OutcomeConsumer(stage.control(), HostKeys.of(keys)),
            Topics.HOSTS, new HostConsumer(stage.control()));
    return new RecordRouter(
        intakes, stage.broker, new BrokerClock(stage.time, stage.time::nanos), ControlEvents.NONE);
  }

  private static void route(StagedControl stage, String topic, byte[] value) {
    router(stage).route(new Inbound(topic, "web-1", value, stage.now()));
  }

  private static String reasonOfOnlyDeadLetter(StagedControl stage) {
    var letters = stage.broker.to(Topics.DEAD_LETTERS);
    assertThat(letters).hasSize(1);
    return letters.getFirst().headers().getOrDefault(Headers.REASON, "");
  }

  @Test
  void bringsAnAlertToTheControlSide() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      route(stage, Topics.ALERTS, MessageCodec.encode(ALERT.firing(stage.now())));
      assertThat(stage.states()).containsExactly("awaiting-approval");
    }
  }

  @Test
  void putsAsideAnAlertThatCannotBeRead() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      byte[] garbage = "{\"instance\":".getBytes(StandardCharsets.UTF_8);
      route(stage, Topics.ALERTS, garbage);
      assertThat(reasonOfOnlyDeadLetter(stage))
          .startsWith("malformed from fleetward.alerts.v1: no AlertMessage");
      assertThat(stage.broker.to(Topics.DEAD_LETTERS).getFirst().value()).isEqualTo(garbage);
    }
  }

  @Test
  void takesAnOutcomeThatItsHostSigned() {
    try (StagedControl stage = sent()) {
      route(stage, Topics.OUTCOMES, signed(WEB_1.signingKey(), started(stage)));
      assertThat(stage.states()).containsExactly("running");
    }
  }

  @Test
  void putsAsideAnOutcomeThatAnotherHostSigned() {
    try (StagedControl stage = sent()) {
      route(stage, Topics.OUTCOMES, signed(WEB_2.signingKey(), started(stage)));
      assertThat(reasonOfOnlyDeadLetter(stage)).contains("web-2 signed for web-1");
      assertThat(stage.states()).containsExactly("dispatched");
    }
  }

  @Test
  void putsAsideAnOutcomeSignedByAKeyThatOnlyBearsTheName() {
    try (StagedControl stage = sent()) {
      route(stage, Topics.OUTCOMES, signed(STRANGER.signingKey(), started(stage)));
      assertThat(reasonOfOnlyDeadLetter(stage)).startsWith("untrusted");
      assertThat(stage.states()).containsExactly("dispatched");
    }
  }

  @Test
  void refusesAnOutcomeOfAPlanForAnotherHost() {
    try (StagedControl stage = sent()) {
      Outcome foreign = by(started(stage), started(stage).plan(), "web-2", Status.SUCCEEDED);
      route(stage, Topics.OUTCOMES, signed(WEB_2.signingKey(), foreign));
      assertThat(stage.states()).containsExactly("dispatched");
      assertThat(stage.decisions()).contains("refuse-outcome");
    }
  }

  @Test
  void keepsNothingOfAnOutcomeOfAPlanThatNobodyMade() {
    try (StagedControl stage = sent()) {
      for (String id : List.of("plan-of-nobody", "x".repeat(256))) {
        Outcome invented = by(started(stage), id, "web-2", Status.REFUSED);
        route(stage, Topics.OUTCOMES, signed(WEB_2.signingKey(), invented));
      }
      assertThat(stage.rowsOf("outcome")).isZero();
      assertThat(stage.decisions()).doesNotContain("refuse-outcome");
      assertThat(stage.broker.to(Topics.DEAD_LETTERS)).isEmpty();
    }
  }

  @Test
  void keepsWhatAnotherHostSaysAboutAPlanOnce() {
    try (StagedControl stage = sent()) {
      Outcome foreign = by(started(stage), started(stage).plan(), "web-2", Status.SUCCEEDED);
      route(stage, Topics.OUTCOMES, signed(WEB_2.signingKey(), foreign));
      route(stage, Topics.OUTCOMES, signed(WEB_2.signingKey(), foreign));
      assertThat(stage.decisions()).filteredOn("refuse-outcome"::equals).hasSize(1);
    }
  }

  @Test
  void goesOnAfterAnAlertWithLongTexts() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      AlertMessage wordy =
          ALERT.with("detail", "x".repeat(5_000)).summary("y".repeat(5_000)).firing(stage.now());
      route(stage, Topics.ALERTS, MessageCodec.encode(wordy));
      assertThat(stage.control().incidents(Optional.empty(), 10))
          .singleElement()
          .satisfies(incident -> assertThat(incident.title()).hasSize(5_000));
    }
  }

  @Test
  void putsAsideWhatTheDatabaseWillNeverKeep() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      AlertMessage tooLong = ALERT.with("alertname", "x".repeat(5_000)).firing(stage.now());
      route(stage, Topics.ALERTS, MessageCodec.encode(tooLong));
      assertThat(reasonOfOnlyDeadLetter(stage)).startsWith("unusable from fleetward.alerts.v1");
      route(stage, Topics.ALERTS, MessageCodec.encode(ALERT.firing(stage.now())));
      assertThat(stage.states()).containsExactly("awaiting-approval");
    }
  }

  @Test
  void putsAsideATimeThatNoColumnHolds() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      route(stage, Topics.ALERTS, MessageCodec.encode(ALERT.firing(Instant.MAX)));
      assertThat(reasonOfOnlyDeadLetter(stage)).startsWith("unusable from fleetward.alerts.v1");
    }
  }

  @Test
  void triesAgainLaterWhileTheDatabaseIsAway() {
    StagedControl stage = StagedControl.shipped(folder);
    stage.close();
    assertThatThrownBy(
            () -> route(stage, Topics.ALERTS, MessageCodec.encode(ALERT.firing(stage.now()))))
        .isInstanceOf(DatabaseUnavailableException.class);
    assertThat(stage.broker.to(Topics.DEAD_LETTERS)).isEmpty();
  }

  @Test
  void putsTheBeginningAsideOfWhatIsTooLargeForTheBroker() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      stage.broker.takeAtMost(20_000);
      route(stage, Topics.ALERTS, new byte[100_000]);
      assertThat(reasonOfOnlyDeadLetter(stage)).endsWith("(only the beginning is kept)");
      assertThat(stage.broker.to(Topics.DEAD_LETTERS).getFirst().value()).hasSize(10_000);
    }
  }

  @Test
  void listsAHostThatAnnouncedItself() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      route(stage, Topics.HOSTS, MessageCodec.encode(stage.announcement("web-1", "00")));
      route(stage, Topics.HOSTS, MessageCodec.encode(stage.announcement("web-1", "00")));
      assertThat(stage.control().hosts())
          .contains(
              new HostView(
                  "web-1", Map.of("zone", "a"), "6.1", "0.1", List.of("end-process"), stage.now()));
    }
  }

  @Test
  void putsAsideAnAnnouncementUnderAnotherKey() {
    try (StagedControl stage = StagedControl.shipped(folder)) {
      route(stage, Topics.HOSTS, MessageCodec.encode(stage.announcement("web-9", "00")));
      assertThat(reasonOfOnlyDeadLetter(stage)).startsWith("wrong-host");
      assertThat(stage.control().hosts()).noneMatch(host -> host.instance().equals("web-9"));
    }
  }

  private StagedControl sent() {
    StagedControl stage = StagedControl.shipped(folder);
    stage.control().alertHeard(ALERT.firing(stage.now()));
    stage.approve(StagedControl.ALICE);
    stage.relay();
    return stage;
  }

  private static Outcome started(StagedControl stage) {
    Plan plan = stage.plans().getFirst();
    return stage.outcome(plan, Status.STARTED);
  }

  private static Outcome by(Outcome like, String plan, String instance, Status status) {
    return new Outcome(
        plan,
        like.remediation(),
        instance,
        status,
        "",
        "",
        Map.of("a", "1"),
        Map.of("a", "2"),
        "",
        like.at());
  }

  private static byte[] signed(SigningKey key, Outcome outcome) {
    return MessageCodec.encode(key.sign(PayloadTypes.OUTCOME, MessageCodec.encode(outcome)));
  }
}
