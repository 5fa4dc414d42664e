package io.fleetward.remediation.guard;

import io.fleetward.protocol.configuration.PrometheusDuration;
import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.remediation.proposal.Proposal;
import java.time.Duration;
import java.time.Instant;

/// Objects to evidence that is too old, or older than the last restart, resume or action (I5).
public record FreshEvidence() implements Guard {
  private static final String WAIT =
      "wait for the next evaluation; if none comes, look at the agent and the scoring side";
  private static final Duration MOST_AHEAD = Duration.ofSeconds(-10);

  @Override
  public String name() {
    return "freshness";
  }

  @Override
  public GuardFinding judge(Proposal proposal, Situation situation) {
    if (!(situation.evidence() instanceof Evidence.Heard(AlertMessage alert))) {
      return objects("nothing was heard of the alert", WAIT);
    }
    Instant evaluatedAt = alert.evaluatedAt();
    Situation.EvidenceLimit limit = situation.evidenceAfter();
    if (!evaluatedAt.isAfter(limit.after())) {
      return objects(
          "last evaluated at %s, before %s at %s"
              .formatted(evaluatedAt, limit.because(), limit.after()),
          WAIT);
    }
    return judgeAge(situation, alert);
  }

  private GuardFinding judgeAge(Situation situation, AlertMessage alert) {
    Duration age = Duration.between(alert.evaluatedAt(), situation.now());
    Duration ageOfData = Duration.between(alert.newestSampleAt(), situation.now());
    Duration fresh = situation.terms().fresh();
    String reason =
        "last evaluated %s ago on data taken %s ago; both may be %s old"
            .formatted(
                PrometheusDuration.format(age),
                PrometheusDuration.format(ageOfData),
                PrometheusDuration.format(fresh));
    // A time that lies ahead means that clocks disagree, so no age can be trusted.
    boolean credible = age.compareTo(MOST_AHEAD) >= 0 && ageOfData.compareTo(MOST_AHEAD) >= 0;
    if (!credible) {
      return objects(reason, "set the clocks of the host, the broker and this service");
    }
    return age.compareTo(fresh) <= 0 && ageOfData.compareTo(fresh) <= 0
        ? passes(reason)
        : objects(reason, WAIT);
  }
}
