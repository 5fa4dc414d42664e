package io.fleetward.models.training;

import java.util.Map;

/// What training asks for, in rows of all hosts of a class together unless said otherwise.
///
/// @param heldOutShare the newest part of each host's rows, which is not learnt
/// @param leastPerHost hosts with fewer rows are left out
/// @param leastLearnt fewer healthy rows make no model
/// @param leastHeldOut fewer held-out rows make no model
/// @param shortAlarm alarms that last less, in seconds, are left out; longer ones are the new usual
public record TrainingTerms(
    double heldOutShare, int leastPerHost, int leastLearnt, int leastHeldOut, long shortAlarm) {
  public static final TrainingTerms DEFAULT = new TrainingTerms(0.25, 240, 1_000, 240, 6 * 3_600);

  Map<String, String> asSettings() {
    return Map.of(
        "held-out-share", Double.toString(heldOutShare),
        "least-rows-per-host", Integer.toString(leastPerHost),
        "least-learnt-rows", Integer.toString(leastLearnt),
        "least-held-out-rows", Integer.toString(leastHeldOut),
        "short-alarm-seconds", Long.toString(shortAlarm));
  }
}
