package io.fleetward.remediation.proposal;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.remediation.policy.Action;
import io.fleetward.remediation.policy.ParameterTemplate.Filled;
import io.fleetward.remediation.policy.Policy;
import io.fleetward.remediation.policy.PolicySet;
import io.fleetward.remediation.policy.Risk;
import io.fleetward.remediation.policy.Rung;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What came of filling in a rung of a policy for an alert.
public sealed interface Draft {
  Proposal proposal();

  Terms terms();

  /// Everything it needs is known.
  record Complete(Proposal proposal, Terms terms) implements Draft {}

  /// Something it needs is not known or not allowed, so it is for nobody (I1).
  ///
  /// @param proposal with the parameters that could be filled in
  /// @param reason what is missing, for a person
  record Incomplete(Proposal proposal, Terms terms, String reason) implements Draft {}

  /// Fills in a rung of a policy for an alert.
  static Draft of(
      PolicySet policies, Policy policy, int step, String incident, AlertMessage alert) {
    Rung rung = policy.ladder().get(step);
    Optional<Action> action = policies.catalogue().find(rung.action());
    List<String> reasons = new ArrayList<>();
    if (action.isEmpty()) {
      reasons.add("the catalogue has no action \"%s\"".formatted(rung.action()));
    }
    Labels labels = Labels.from(alert.labels());
    String target = labels.value(Labels.INSTANCE);
    if (!target.isEmpty() && !target.equals(alert.instance())) {
      reasons.add(
          "the alert came from %s but names the instance %s".formatted(alert.instance(), target));
    }
    Map<String, String> parameters = new TreeMap<>();
    new TreeMap<>(rung.with())
        .forEach((name, template) -> {
          switch (template.fill(labels)) {
            case Filled.Missing(String label) ->
                reasons.add(
                    "parameter \"%s\" needs the label \"%s\", which the alert does not have"
                        .formatted(name, label));
            case Filled.Value(String text) -> {
              if (action.isPresent() && !action.get().takes(name, text)) {
                reasons.add(
                    "parameter \"%s\" would be \"%s\", which does not match %s"
                        .formatted(name, text, action.get().patternOf(name)));
              } else {
                parameters.put(name, text);
              }
            }
          }
        });
    Proposal proposal =
        new Proposal(
            alert.instance(),
            rung.action(),
            parameters,
            rung.timeout(),
            policy.name(),
            policies.versionOf(policy),
            step,
            "policy:" + policy.name(),
            Claim.of(incident, alert));
    Terms terms = Terms.of(policy, action.map(Action::risk).orElse(Risk.DISRUPTIVE));
    return reasons.isEmpty()
        ? new Complete(proposal, terms)
        : new Incomplete(proposal, terms, String.join("; ", reasons));
  }
}
