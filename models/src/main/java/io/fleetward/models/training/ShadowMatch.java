package io.fleetward.models.training;

import io.fleetward.models.registry.ModelVersion;
import io.fleetward.models.registry.ShadowRecord;
import java.util.List;

/// Champion and challenger on the same rows, which neither has learnt. Pure.
public final class ShadowMatch {
  private final TrainingSubject subject;
  private final ModelVersion champion;
  private final ModelVersion challenger;
  private final List<ConfirmedIncident> incidents;
  private final Pace pace;

  public ShadowMatch(
      TrainingSubject subject,
      ModelVersion champion,
      ModelVersion challenger,
      List<ConfirmedIncident> incidents,
      Pace pace) {
    this.pace = pace;
    this.subject = subject;
    this.champion = champion;
    this.challenger = challenger;
    this.incidents = List.copyOf(incidents);
  }

  /// How the two fared, each host from each version's own start.
  public record Records(ShadowRecord champion, ShadowRecord challenger) {}

  /// Scores the rows that are newer than what either learnt of their host.
  ///
  /// @throws IllegalArgumentException if this program cannot go on from what either learnt
  public Records over(List<HostRows> hosts) {
    ShadowRun defending = new ShadowRun(subject, champion, incidents, pace);
    ShadowRun challenging = new ShadowRun(subject, challenger, incidents, pace);
    ShadowRecord defended = ShadowRecord.EMPTY;
    ShadowRecord challenged = ShadowRecord.EMPTY;
    for (HostRows host : hosts) {
      int first =
          host.firstAfter(
              Math.max(
                  ShadowRun.knownUntil(champion, host.instance()),
                  ShadowRun.knownUntil(challenger, host.instance())));
      defended = defended.plus(defending.over(host, first));
      challenged = challenged.plus(challenging.over(host, first));
    }
    return new Records(defended, challenged);
  }
}
