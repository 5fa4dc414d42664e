package io.fleetward.agent.action;

import static io.fleetward.agent.action.RunnerFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetward.agent.action.RunnerFixture.PlanDraft;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded;
import io.fleetward.protocol.messages.Outcome.Status;
import io.fleetward.protocol.messages.PayloadTypes;
import io.fleetward.protocol.messages.Rehearsal;
import io.fleetward.protocol.messages.RehearsalAnswer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I3: what only asks is answered, and never executed, however it is presented.
class Invariant03ARehearsalIsNoPlanTest {
  @TempDir Path folder;
  private RunnerFixture host;

  @BeforeEach
  void open() throws Exception {
    host = RunnerFixture.in(folder).allowAppend();
  }

  @Test
  void isAnsweredWithinTenSecondsAndChangesNothing() throws Exception {
    byte[] journal = journal();
    long began = System.nanoTime();

    RehearsalAnswer answer = ask(host.append("hello"));

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    assertThat(answer.wouldAct()).isTrue();
    assertThat(answer.rehearsal()).isEqualTo("rehearsal-1");
    assertThat(answer.evidence().get("evidence")).startsWith("0 ");
    assertThat(host.appended()).isEmpty();
    assertThat(journal()).isEqualTo(journal);
    // nor does it count against the budget, or as the plan that it may become
    assertThat(host.run(host.append("hello")).getLast().status()).isEqualTo(Status.SUCCEEDED);
  }

  @Test
  void saysWhyAPlanWouldBeRefused() throws Exception {
    assertThat(ask(host.append("Hello")).reason()).isEqualTo("parameter-pattern");
    assertThat(ask(host.append("hello").on("web-2")).reason()).isEqualTo("not-for-me");
    assertThat(ask(host.plan("reboot", Map.of())).reason()).isEqualTo("unknown-action");
    host.allow("p.yaml", "action: p\nprecondition: [\"false\"]\nrun: [\"true\"]\n");
    assertThat(ask(host.plan("p", Map.of())).reason()).isEqualTo("precondition");
    Files.writeString(folder.resolve("stop"), "");
    assertThat(ask(host.append("hello")).reason()).isEqualTo("stop-file");
    assertThat(host.appended()).isEmpty();
  }

  @Test
  void tellsWhatABuiltInActionMeans() throws Exception {
    host.allow("e.yaml", "action: end-process\nexecutables: [/.*]\nuids: [54321]\n");
    try (Victim victim = Victim.start()) {
      RehearsalAnswer answer = ask(host.plan("end-process", victim.pins()));

      assertThat(answer.wouldAct()).isFalse();
      assertThat(answer.reason()).isEqualTo("protected");
      assertThat(answer.evidence()).containsEntry("start", victim.pins().get("start"));
      assertThat(victim.isAlive()).isTrue();
    }
  }

  @Test
  void isRefusedAsAPlan() throws Exception {
    String envelope = new String(signed(host.append("hello")), StandardCharsets.UTF_8);
    String disguised = envelope.replace(PayloadTypes.REHEARSAL, PayloadTypes.PLAN);

    assertThat(disguised).isNotEqualTo(envelope);
    assertRefused(
        host.refuse(disguised.getBytes(StandardCharsets.UTF_8), host.heartbeat(), Duration.ZERO),
        Refusal.UNTRUSTED);
    // and where the service itself put the wrong type on it
    byte[] mistaken = host.signed(PayloadTypes.PLAN, payload(host.append("hello")));
    assertRefused(host.refuse(mistaken, host.heartbeat(), Duration.ZERO), Refusal.MALFORMED);
    assertThat(host.appended()).isEmpty();
  }

  @Test
  void aPlanPresentedAsARehearsalIsNotAnsweredAsIfItWereOne() throws Exception {
    String envelope = new String(host.signed(host.append("hello")), StandardCharsets.UTF_8);
    byte[] disguised =
        envelope
            .replace(PayloadTypes.PLAN, PayloadTypes.REHEARSAL)
            .getBytes(StandardCharsets.UTF_8);

    assertThat(answers(disguised)).extracting(RehearsalAnswer::reason).containsExactly("untrusted");
    assertThat(host.appended()).isEmpty();
  }

  private RehearsalAnswer ask(PlanDraft plan) throws Exception {
    List<RehearsalAnswer> answers = answers(signed(plan));
    assertThat(answers).hasSize(1);
    return answers.getFirst();
  }

  private List<RehearsalAnswer> answers(byte[] envelope) throws Exception {
    return host.lines(envelope, host.heartbeat(), Duration.ZERO).stream()
        .map(line -> host.payload(line, PayloadTypes.REHEARSAL_ANSWER))
        .map(Invariant03ARehearsalIsNoPlanTest::answer)
        .toList();
  }

  private static RehearsalAnswer answer(byte[] payload) {
    if (MessageCodec.decode(payload, RehearsalAnswer.class)
        instanceof Decoded.Message(RehearsalAnswer answer)) {
      return answer;
    }
    throw new AssertionError("no answer");
  }

  private byte[] signed(PlanDraft plan) {
    return host.signed(PayloadTypes.REHEARSAL, payload(plan));
  }

  private static byte[] payload(PlanDraft plan) {
    return MessageCodec.encode(
        new Rehearsal(
            "rehearsal-1",
            "remediation-1",
            plan.instance(),
            plan.hostKey(),
            plan.action(),
            plan.parameters(),
            Instant.now(),
            Instant.now().plusSeconds(30)));
  }

  private byte[] journal() throws Exception {
    return Files.readAllBytes(folder.resolve("state/journal"));
  }
}
