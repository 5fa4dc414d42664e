package io.fleetward.remediation.guard;

import io.fleetward.protocol.messages.AlertMessage;
import io.fleetward.protocol.messages.AlertMessage.State;
import io.fleetward.remediation.proposal.Proposal;
import java.time.Instant;

/// Objects unless the alert that the proposal claims fires, in the same episode.
public record StillFiring() implements Guard {
  @Override
  public String name() {
    return "firing";
  }

  @Override
  public GuardFinding judge(Proposal proposal, Situation situation) {
    return switch (situation.evidence()) {
      case Evidence.Nothing _ ->
          objects("nothing was heard of the alert", "wait for the scoring side to report it");
      case Evidence.Heard(AlertMessage alert) when !proposal.claim().isAbout(alert) ->
          objects(
              "the alert was resolved in between; this is another episode, active since %s"
                  .formatted(alert.state().activeAt()),
              "wait for a new proposal");
      case Evidence.Heard(AlertMessage alert) ->
          switch (alert.state()) {
            case State.Firing(_, Instant firedAt) -> passes("firing since " + firedAt);
            case State.Pending _ -> objects("the alert is pending", "wait until it fires");
            case State.Resolved(_, _, Instant resolvedAt) ->
                objects("the alert was resolved at " + resolvedAt, "nothing is left to repair");
            case State.Dropped(_, _, Instant droppedAt) ->
                objects(
                    "the alert's rule has not been in force since " + droppedAt,
                    "put the rule back if it is still wanted");
          };
    };
  }
}
