package io.fleetward.agent.action;

import io.fleetward.agent.action.Judgement.Accepted;
import io.fleetward.agent.action.Judgement.Refused;
import io.fleetward.agent.action.Judgement.Rehearsable;
import io.fleetward.protocol.messages.Heartbeat;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.messages.MessageCodec.Decoded;
import io.fleetward.protocol.messages.PayloadTypes;
import io.fleetward.protocol.messages.Plan;
import io.fleetward.protocol.messages.Rehearsal;
import io.fleetward.protocol.signing.TrustedKeys;
import io.fleetward.protocol.signing.TrustedKeys.Opened;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Says whether a host may run a plan. The daemon asks first, the runner asks again with its own
/// files and its own memory; nothing that either forgets can be made good by the other's yes.
///
/// @param hostKey fingerprint of this host's own key
public record PlanJudge(
    String instance, String hostKey, TrustedKeys trustedKeys, AllowList allowList, Path stopFile) {
  /// How far the host's and the broker's clocks may be apart.
  public static final Duration MOST_SKEW = Duration.ofSeconds(30);

  /// Judges the bytes of a plan, or of a rehearsal as it would a plan with the same content.
  public Judgement judge(byte[] envelope, Circumstances circumstances, Ledger ledger) {
    return ClaimedPlan.isRehearsal(envelope)
        ? judgeRehearsal(envelope, circumstances, ledger)
        : judgePlan(envelope, circumstances, ledger);
  }

  private Judgement judgeRehearsal(byte[] envelope, Circumstances circumstances, Ledger ledger) {
    return switch (trustedKeys.open(envelope, PayloadTypes.REHEARSAL)) {
      case Opened.Refused(String code, String detail) ->
          new Refused(ClaimedPlan.read(envelope), Refusal.of(code), "the envelope " + detail);
      case Opened.Trusted(_, byte[] payload) ->
          switch (MessageCodec.decode(payload, Rehearsal.class)) {
            case Decoded.Malformed(String reason) ->
                new Refused(ClaimedPlan.read(envelope), Refusal.MALFORMED, reason);
            case Decoded.Message(Rehearsal rehearsal) -> {
              yield switch (judge(likePlan(rehearsal), circumstances, ledger)) {
                case Accepted(_, AllowedAction action) -> new Rehearsable(rehearsal, action);
                case Refused(_, Refusal reason, String detail) ->
                    new Refused(ClaimedPlan.of(rehearsal), reason, detail);
                case Rehearsable again -> again;
              };
            }
          };
    };
  }

  /// A plan of the same content that was never signed and never leaves this class.
  private static Plan likePlan(Rehearsal rehearsal) {
    return new Plan(
        rehearsal.id(),
        rehearsal.remediation(),
        rehearsal.instance(),
        rehearsal.hostKey(),
        rehearsal.action(),
        rehearsal.parameters(),
        "",
        "",
        "",
        "rehearsal",
        rehearsal.issuedAt(),
        rehearsal.expiresAt(),
        Plan.LIFETIME);
  }

  private Judgement judgePlan(byte[] envelope, Circumstances circumstances, Ledger ledger) {
    return switch (trustedKeys.open(envelope, PayloadTypes.PLAN)) {
      case Opened.Refused(String code, String detail) ->
          new Refused(ClaimedPlan.read(envelope), Refusal.of(code), "the envelope " + detail);
      case Opened.Trusted(_, byte[] payload) ->
          switch (MessageCodec.decode(payload, Plan.class)) {
            case Decoded.Malformed(String reason) ->
                new Refused(ClaimedPlan.read(envelope), Refusal.MALFORMED, reason);
            case Decoded.Message(Plan plan) -> judge(plan, circumstances, ledger);
          };
    };
  }

  private Judgement judge(Plan plan, Circumstances circumstances, Ledger ledger) {
    if (!plan.instance().equals(instance)) {
      return refused(
          plan, Refusal.NOT_FOR_ME, "is for %s, this is %s".formatted(plan.instance(), instance));
    }
    if (!plan.hostKey().equals(hostKey)) {
      return refused(
          plan,
          Refusal.OTHER_HOST,
          "is for the host %s with the key %s, this one's is %s; give each host a name of its own"
              .formatted(instance, plan.hostKey(), hostKey));
    }
    return stopped(plan)
        .or(() -> maintained(plan, circumstances))
        .or(() -> skewed(plan, circumstances))
        .or(() -> expired(plan, circumstances))
        .or(() -> unfamiliar(plan, circumstances, ledger))
        .or(() -> attended(plan, circumstances))
        .orElseGet(() -> allowed(plan, circumstances.brokerNow(), ledger));
  }

  /// Judges a plan that was accepted once more, just before its action begins, by what can have
  /// changed while precondition and evidence were read (I17).
  Judgement judgeAgain(Accepted accepted, Circumstances circumstances) {
    Plan plan = accepted.plan();
    return stopped(plan)
        .or(() -> maintained(plan, circumstances))
        .or(() -> skewed(plan, circumstances))
        .or(() -> expired(plan, circumstances))
        .or(() -> attended(plan, circumstances))
        .orElse(accepted);
  }

  private Optional<Judgement> stopped(Plan plan) {
    // a file that cannot be looked at is taken to be there
    return Files.notExists(stopFile)
        ? Optional.empty()
        : Optional.of(
            refused(plan, Refusal.STOP_FILE, stopFile + " forbids every action; remove it"));
  }

  private Optional<Judgement> maintained(Plan plan, Circumstances circumstances) {
    return Maintenance.beside(stopFile)
        .hindrance(circumstances.brokerNow())
        .map(detail -> refused(plan, Refusal.MAINTENANCE, detail));
  }

  private static Optional<Judgement> skewed(Plan plan, Circumstances circumstances) {
    Duration offset = circumstances.brokerOffset();
    if (offset == null) {
      return Optional.of(refused(plan, Refusal.CLOCK_SKEW, "the broker's time is not known"));
    }
    return offset.abs().compareTo(MOST_SKEW) > 0
        ? Optional.of(
            refused(
                plan,
                Refusal.CLOCK_SKEW,
                "the broker's clock is %s ahead of the host's".formatted(offset)))
        : Optional.empty();
  }

  private static Optional<Judgement> expired(Plan plan, Circumstances circumstances) {
    Instant now = circumstances.brokerNow();
    return now.isBefore(plan.expiresAt())
        ? Optional.empty()
        : Optional.of(
            refused(
                plan, Refusal.EXPIRED, "expired at %s, it is %s".formatted(plan.expiresAt(), now)));
  }

  private static Optional<Judgement> unfamiliar(
      Plan plan, Circumstances circumstances, Ledger ledger) {
    Instant now = circumstances.brokerNow();
    if (plan.issuedAt().isAfter(now.plus(MOST_SKEW))) {
      return Optional.of(
          refused(
              plan,
              Refusal.FROM_THE_FUTURE,
              "was issued at %s, it is %s".formatted(plan.issuedAt(), now)));
    }
    if (ledger.hasSeen(plan.nonce())) {
      return Optional.of(refused(plan, Refusal.REPLAYED, "its nonce was seen before"));
    }
    if (plan.issuedAt().isBefore(ledger.beganAt())) {
      return Optional.of(
          refused(
              plan,
              Refusal.OLDER_THAN_JOURNAL,
              "was issued before this host began to keep its journal, at " + ledger.beganAt()));
    }
    return Optional.empty();
  }

  private static Optional<Judgement> attended(Plan plan, Circumstances circumstances) {
    Instant now = circumstances.brokerNow();
    Optional<Heartbeat> fresh =
        Optional.ofNullable(circumstances.heartbeat())
            .filter(beat -> beat.sentAt().isAfter(now.minus(Heartbeat.FRESH)))
            .filter(beat -> beat.sentAt().isBefore(now.plus(MOST_SKEW)));
    if (fresh.isEmpty()) {
      return Optional.of(
          refused(
              plan,
              Refusal.NO_HEARTBEAT,
              "no service has sent a signed heartbeat within %s; is one running?"
                  .formatted(Heartbeat.FRESH)));
    }
    return fresh
        .filter(Heartbeat::paused)
        .map(beat -> refused(plan, Refusal.PAUSED, "actions are paused: " + beat.pauseReason()));
  }

  private Judgement allowed(Plan plan, Instant now, Ledger ledger) {
    Optional<AllowedAction> found = allowList.find(plan.action());
    if (found.isEmpty()) {
      return refused(
          plan,
          Refusal.UNKNOWN_ACTION,
          "\"%s\" is not on this host's allow-list".formatted(plan.action()));
    }
    AllowedAction action = found.get();
    Optional<String> problem = action.parameterProblem(plan.parameters());
    if (problem.isPresent()) {
      return refused(plan, Refusal.PARAMETER_PATTERN, problem.get());
    }
    Budget budget = action.budget();
    int starts = ledger.startsSince(action.name(), now.minus(budget.per()));
    if (starts >= budget.atMost()) {
      return refused(
          plan,
          Refusal.BUDGET,
          "was begun %d times within %s; this host allows %d"
              .formatted(starts, budget.per(), budget.atMost()));
    }
    return new Accepted(plan, action);
  }

  private static Judgement refused(Plan plan, Refusal reason, String detail) {
    return new Refused(ClaimedPlan.of(plan), reason, detail);
  }
}
