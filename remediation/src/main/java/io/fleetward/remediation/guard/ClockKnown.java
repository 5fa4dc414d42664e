package io.fleetward.remediation.guard;

import io.fleetward.remediation.proposal.Proposal;

/// Objects while the broker's time is unknown: nobody could tell how old anything is (I17).
public record ClockKnown() implements Guard {
  @Override
  public String name() {
    return "clock";
  }

  @Override
  public GuardFinding judge(Proposal proposal, Situation situation) {
    return situation.clockKnown()
        ? passes("the time was checked against the broker")
        : objects(
            "the time was not checked against the broker since this service started",
            "wait for the first heartbeat to be acknowledged; look at the broker if it is not");
  }
}
