package io.fleetward.models.training;

import io.fleetward.models.registry.ModelVersion;
import io.fleetward.models.registry.Provenance.LearntHost;
import io.fleetward.models.registry.ShadowRecord;
import io.fleetward.models.stream.Ensemble;
import java.util.List;

/// Lets a version score rows that it did not learn, each host from the version's own start, as a
/// host that begins from it would. Pure; each host by itself.
public final class ShadowRun {
  private static final long DAY = 86_400;

  /// Rows before the first that counts, so that what is recent is known.
  private static final int RUN_UP = 100;

  private final TrainingSubject subject;
  private final ModelVersion version;
  private final List<ConfirmedIncident> incidents;
  private final Pace pace;

  /// @param version of this subject
  public ShadowRun(
      TrainingSubject subject, ModelVersion version, List<ConfirmedIncident> incidents, Pace pace) {
    this.pace = pace;
    this.subject = subject;
    this.version = version;
    this.incidents = List.copyOf(incidents);
  }

  /// Until when a version knows the rows of a host; [Long#MIN_VALUE] if it knows none.
  public static long knownUntil(ModelVersion version, String instance) {
    return version.provenance().hosts().stream()
        .filter(host -> host.instance().equals(instance))
        .map(LearntHost::to)
        .mapToLong(time -> time.getEpochSecond())
        .max()
        .orElse(Long.MIN_VALUE);
  }

  /// Scores a host's rows.
  ///
  /// @param first the first that counts
  /// @throws IllegalArgumentException if this program cannot go on from what the version learnt
  public ShadowRecord over(HostRows rows, int first) {
    if (first >= rows.size()) {
      return ShadowRecord.EMPTY;
    }
    Ensemble ensemble = subject.from(version);
    ShadowTally tally = new ShadowTally(rows, incidents);
    double[] row = new double[subject.features().size()];
    int from = Math.max(0, first - RUN_UP);
    long behind = version.provenance().to().getEpochSecond() - rows.seconds(from);
    long shift = behind <= 0 ? 0 : Math.ceilDiv(behind, DAY) * DAY;
    for (int i = from; i < rows.size(); i++) {
      rows.read(i, row);
      double score = ensemble.score(rows.seconds(i) + shift, row);
      if (i >= first) {
        tally.count(i, score, ensemble.alarm());
      }
      if (i % LearningOrder.ROWS_AT_A_TIME == 0) {
        pace.rest();
      }
    }
    return tally.record();
  }
}
