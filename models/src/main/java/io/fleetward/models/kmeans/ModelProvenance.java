package io.fleetward.models.kmeans;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Where a fitted model comes from.
///
/// @param model the name of its specification
/// @param features the series it reads, in row order
/// @param learnt rows that the host had offered when the fit was asked for, kept or not
/// @param firstRow the first row it was fitted to, as how many were learnt before it; those before
///   were part of the start and are to be forgotten
/// @param rows rows that it was fitted to
/// @param effectiveRows independent rows that these are worth
/// @param fittedAt when, as told by the caller, in whole milliseconds
/// @param tribuo the version of Tribuo that trained it
public record ModelProvenance(
    String model,
    List<String> features,
    long learnt,
    long firstRow,
    int rows,
    double effectiveRows,
    long seed,
    Instant fittedAt,
    String tribuo) {
  public ModelProvenance {
    features = List.copyOf(features);
    fittedAt = fittedAt.truncatedTo(ChronoUnit.MILLIS);
  }
}
