/// Detectors: from the features of a host to a score that means the same everywhere.
///
/// The walk of a row: a [io.fleetward.models.specification.ModelSpecification] says which series a
/// row holds. [io.fleetward.models.host.HostModel], one for each host and model, assesses it,
/// learns it if it is usual, and now and then gives out a [io.fleetward.models.kmeans.FitRequest].
/// A background thread turns that into a [io.fleetward.models.kmeans.FittedModel]: a robust
/// scaling, centroids trained by Tribuo, and a [io.fleetward.models.calibration.TailCalibration]
/// learnt from rows that the measuring model had not seen. The host model adopts it and scores with
/// a [io.fleetward.models.detection.Detector] on primitive arrays.
///
/// Nothing here reads a clock, logs, or starts a thread. Only `kmeans` sees Tribuo; the next kind
/// of detector is a package beside it. Why scores are what they are:
/// `docs/decisions/0004-score-is-a-calibrated-tail-probability.md`.
@NullMarked
package io.fleetward.models;

import org.jspecify.annotations.NullMarked;
