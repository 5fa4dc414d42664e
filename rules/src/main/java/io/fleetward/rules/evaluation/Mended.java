package io.fleetward.rules.evaluation;

import io.fleetward.rules.template.GoNumbers;
import java.time.Instant;

/// A remark that counts of a classic histogram's buckets fell from one to the next and were raised.
/// Remarks about the same histogram become one.
///
/// @param text what is remarked
/// @param place line and column of what it is about
/// @param leastBound of the buckets that were raised
/// @param greatestFall how much a count was less than the one before
/// @param times how often it was so
record Mended(
    String text,
    String place,
    long firstMillis,
    long lastMillis,
    double leastBound,
    double greatestBound,
    double greatestFall,
    int times) {
  /// Both remarks in one.
  Mended with(Mended other) {
    return new Mended(
        text,
        place,
        Math.min(firstMillis, other.firstMillis),
        Math.max(lastMillis, other.lastMillis),
        Math.min(leastBound, other.leastBound),
        Math.max(greatestBound, other.greatestBound),
        Math.max(greatestFall, other.greatestFall),
        times + other.times);
  }

  @Override
  public String toString() {
    return "%s, from buckets %s to %s, with a max diff of %s, over %d samples from %s to %s (%s)"
        .formatted(
            text,
            GoNumbers.shortest(leastBound),
            GoNumbers.shortest(greatestBound),
            GoNumbers.general(greatestFall, 2),
            times,
            Instant.ofEpochSecond(firstMillis / 1000),
            Instant.ofEpochSecond(lastMillis / 1000),
            place);
  }
}
