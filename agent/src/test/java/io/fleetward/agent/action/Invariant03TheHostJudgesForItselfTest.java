package io.fleetward.agent.action;

import static io.fleetward.agent.action.RunnerFixture.assertRefused;
import static io.fleetward.agent.action.RunnerFixture.statuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.protocol.messages.Outcome;
import io.fleetward.protocol.messages.Outcome.Status;
import io.fleetward.protocol.messages.PayloadTypes;
import io.fleetward.protocol.signing.SigningKey;
import io.fleetward.protocol.signing.TrustedKeys;
import io.fleetward.protocol.signing.TrustedKeys.Opened;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I3: the second guard is the host's own: keys, allow-list, patterns, budget, stop file.
class Invariant03TheHostJudgesForItselfTest {
  @TempDir Path folder;
  private RunnerFixture host;

  @BeforeEach
  void open() throws Exception {
    host = RunnerFixture.in(folder).allowAppend();
  }

  @Test
  void runsWhatIsAllowed() throws Exception {
    List<Outcome> outcomes = host.run(host.append("hello"));

    assertThat(statuses(outcomes)).containsExactly(Status.STARTED, Status.SUCCEEDED);
    assertThat(outcomes.getLast().evidenceBefore())
        .isNotEqualTo(outcomes.getLast().evidenceAfter());
    assertThat(outcomes.getLast().output()).isEqualTo("done\n");
    assertThat(outcomes.getLast().instance()).isEqualTo(RunnerFixture.INSTANCE);
    assertThat(host.appended()).containsExactly("hello");
  }

  @Test
  void refusesAnUnsignedPlan() throws Exception {
    String envelope =
        new String(host.signed(host.append("hello")), java.nio.charset.StandardCharsets.UTF_8);
    String unsigned = envelope.replaceAll("\"signatures\":\\[.*\\]", "\"signatures\":[]");

    assertRefused(
        run(unsigned.getBytes(java.nio.charset.StandardCharsets.UTF_8)), Refusal.UNSIGNED);
  }

  @Test
  void refusesAPlanSignedByAStranger() throws Exception {
    SigningKey stranger = SigningKey.generate("service-1").signingKey();

    assertRefused(
        run(RunnerFixture.signed(stranger, PayloadTypes.PLAN, host.append("hello").bytes())),
        Refusal.UNTRUSTED);
  }

  @Test
  void refusesAPlanWithOneBitFlipped() throws Exception {
    byte[] envelope = host.signed(host.append("hello"));
    String text = new String(envelope, java.nio.charset.StandardCharsets.UTF_8);
    int at = text.indexOf("\"payload\":\"") + 40;
    envelope[at] = (byte) (envelope[at] == 'A' ? 'B' : 'A');

    assertRefused(run(envelope), Refusal.UNTRUSTED);
  }

  /// All over the envelope, one bit at a time: the judge alone, since a runner would take long.
  @Test
  void acceptsNoPlanOfWhichAnySignedBitIsAnother() throws Exception {
    TrustedKeys keys = TrustedKeys.read(folder.resolve("keys"));
    byte[] envelope = host.signed(host.append("hello"));
    assertThat(keys.open(envelope, PayloadTypes.PLAN)).isInstanceOf(Opened.Trusted.class);
    byte[] payload = payload(keys, envelope);
    for (int at = 0; at < envelope.length; at += 3) {
      byte[] flipped = envelope.clone();
      flipped[at] ^= (byte) (1 << (at % 7));
      if (keys.open(flipped, PayloadTypes.PLAN) instanceof Opened.Trusted(_, byte[] other)) {
        // outside of what is signed, such as a bit of base64 that stands for nothing
        assertThat(other).as("bit at %d", at).isEqualTo(payload);
      }
    }
  }

  private static byte[] payload(TrustedKeys keys, byte[] envelope) {
    return keys.open(envelope, PayloadTypes.PLAN) instanceof Opened.Trusted(_, byte[] payload)
        ? payload
        : new byte[0];
  }

  @Test
  void refusesOtherSignedThingsPresentedAsAPlan() throws Exception {
    assertRefused(run(host.heartbeat()), Refusal.WRONG_TYPE);
    assertRefused(
        run(host.signed(PayloadTypes.OUTCOME, host.append("hello").bytes())), Refusal.WRONG_TYPE);
    assertRefused(run(new byte[] {1, 2, 3}), Refusal.MALFORMED);
    assertRefused(run(host.signed(PayloadTypes.PLAN, new byte[] {'{', '}'})), Refusal.MALFORMED);
  }

  @Test
  void refusesAPlanForAnotherHost() throws Exception {
    assertRefused(host.refuse(host.append("hello").on("web-2")), Refusal.NOT_FOR_ME);
  }

  @Test
  void refusesWhatTheAllowListDoesNotHave() throws Exception {
    assertRefused(host.refuse(host.plan("reboot", Map.of())), Refusal.UNKNOWN_ACTION);
  }

  @Test
  void refusesParametersThatDoNotMatchAsAWhole() throws Exception {
    assertRefused(host.refuse(host.append("hello; reboot")), Refusal.PARAMETER_PATTERN);
    assertRefused(host.refuse(host.append("hello\n")), Refusal.PARAMETER_PATTERN);
    assertRefused(
        host.refuse(host.plan("append", Map.of("word", "a", "more", "b"))),
        Refusal.PARAMETER_PATTERN);
  }

  @Test
  void refusesWhatIsOverItsOwnBudget() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(host.run(host.append("hello")).getLast().status()).isEqualTo(Status.SUCCEEDED);
    }
    assertRefused(host.refuse(host.append("hello")), Refusal.BUDGET);
    assertThat(host.appended()).hasSize(3);
  }

  @Test
  void refusesEverythingWhileTheStopFileIsThere() throws Exception {
    Files.writeString(folder.resolve("stop"), "maintenance");

    assertRefused(host.run(host.append("hello")), Refusal.STOP_FILE);
    assertThat(host.appended()).isEmpty();
  }

  @Test
  void refusesEverythingWhileSomebodyWorksOnTheHost() throws Exception {
    Path file = folder.resolve("maintenance");
    Files.writeString(file, "");
    assertRefused(host.refuse(host.append("hello")), Refusal.MAINTENANCE);
    Files.writeString(file, "until tonight");
    assertRefused(host.refuse(host.append("hello")), Refusal.MAINTENANCE);
    Files.writeString(file, "2199-01-01T00:00:00Z");
    assertRefused(host.refuse(host.append("hello")), Refusal.MAINTENANCE);
    assertThat(host.appended()).isEmpty();

    Files.writeString(file, "2026-01-01T00:00:00+01:00\n");
    assertThat(host.run(host.append("hello")).getLast().status()).isEqualTo(Status.SUCCEEDED);
  }

  @Test
  void refusesEverythingWhileItsAllowListIsBroken() throws Exception {
    host.allow("broken.yaml", "action: [");

    assertRefused(host.refuse(host.append("hello")), Refusal.ALLOW_LIST_INVALID);
  }

  @Test
  void refusesWhereThePreconditionDoesNotHold() throws Exception {
    host.allow(
        "p.yaml", "action: p\nprecondition: [\"false\"]\nrun: [touch, %s/p]\n".formatted(folder));

    assertRefused(host.run(host.plan("p", Map.of())), Refusal.PRECONDITION);
    assertThat(folder.resolve("p")).doesNotExist();
  }

  private List<Outcome> run(byte[] envelope) throws Exception {
    List<Outcome> outcomes = host.refuse(envelope, host.heartbeat(), Duration.ZERO);
    assertThat(host.appended()).isEmpty();
    return outcomes;
  }
}
