package io.fleetward.models.training;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Whether a class of hosts is no longer as its models know it: over the last day, on the middle
/// host of the class, at least a tenth of the rows outside confirmed incidents score 0.99 or more
/// (a hundredth should), or the median score is 0.9 or more (0.5 should).
///
/// Of the middle host, so that one ill host is no drift of its class.
public final class DriftSigns {
  private static final long SPAN = 86_400;
  private static final int LEAST_ROWS = 100;
  private static final double MOST_ABOVE_99 = 0.1;
  private static final double MOST_MEDIAN = 0.9;

  private DriftSigns() {}

  /// @param now seconds since 1970
  /// @return what speaks for drift, for people; empty if nothing does
  public static Optional<String> of(
      List<HostRows> hosts, List<ConfirmedIncident> incidents, long now) {
    double[][] scores =
        hosts.stream()
            .map(host -> scores(host, incidents, now))
            .filter(found -> found.length >= LEAST_ROWS)
            .toArray(double[][]::new);
    if (scores.length == 0) {
      return Optional.empty();
    }
    double above =
        middle(Arrays.stream(scores).mapToDouble(DriftSigns::shareAbove99).sorted().toArray());
    double median =
        middle(Arrays.stream(scores).mapToDouble(DriftSigns::middle).sorted().toArray());
    if (above < MOST_ABOVE_99 && median < MOST_MEDIAN) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "drift: on the middle of %d hosts %.1f %% of the last day's rows score above 0.99 and the median is %.3f",
            scores.length,
            100 * above,
            median));
  }

  private static double[] scores(HostRows host, List<ConfirmedIncident> incidents, long now) {
    double[] scores = new double[host.size()];
    int count = 0;
    for (int row = host.firstAfter(now - SPAN); row < host.size(); row++) {
      boolean known = !Double.isNaN(host.score(row));
      if (known && !ConfirmedIncident.covers(incidents, host.instance(), host.seconds(row))) {
        scores[count++] = host.score(row);
      }
    }
    double[] found = Arrays.copyOf(scores, count);
    Arrays.sort(found);
    return found;
  }

  private static double shareAbove99(double[] sorted) {
    return Arrays.stream(sorted).filter(score -> score >= 0.99).count() / (double) sorted.length;
  }

  private static double middle(double[] sorted) {
    return sorted[sorted.length / 2];
  }
}
