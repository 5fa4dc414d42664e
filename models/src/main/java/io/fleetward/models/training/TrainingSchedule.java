package io.fleetward.models.training;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// When a class is due for training.
///
/// @param interval usually
/// @param soonest between two trainings, if there is a reason not to wait for the interval: no
///   version yet, or drift
public record TrainingSchedule(Duration interval, Duration soonest) {
  public static final TrainingSchedule DEFAULT =
      new TrainingSchedule(Duration.ofDays(1), Duration.ofHours(1));

  /// @param last when training was last tried; [Instant#MIN] if never
  /// @param hasChampion whether hosts have a version to begin from
  /// @param drift what speaks for drift
  /// @return why training is due; empty if it is not
  public Optional<String> due(
      Instant now, Instant last, boolean hasChampion, Optional<String> drift) {
    if (last.equals(Instant.MIN) || !now.isBefore(last.plus(interval))) {
      return Optional.of(last.equals(Instant.MIN) ? "never trained" : "the interval is over");
    }
    if (now.isBefore(last.plus(soonest))) {
      return Optional.empty();
    }
    return hasChampion ? drift : Optional.of("no champion yet");
  }
}
