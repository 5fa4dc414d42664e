/// Detectors: from the features of a host to a score that means the same everywhere.
///
/// The walk of a row: a [io.fleetward.models.specification.ModelSpecification] says which series a
/// row holds. [io.fleetward.models.host.HostModel], one for each host and model, assesses it and
/// learns it as far as it is usual. There are two kinds.
///
/// [io.fleetward.models.host.KMeansHost] now and then gives out a
/// [io.fleetward.models.kmeans.FitRequest]. A background thread turns that into a
/// [io.fleetward.models.kmeans.FittedModel]: a robust scaling, centroids trained by Tribuo, and a
/// [io.fleetward.models.calibration.TailCalibration] learnt from rows that the measuring model had
/// not seen. The host model adopts it and scores with a [io.fleetward.models.detection.Detector] on
/// primitive arrays.
///
/// [io.fleetward.models.host.EnsembleHost] has a [io.fleetward.models.stream.Ensemble], which
/// learns with every row, and keeps it as a snapshot and the rows since.
///
/// Nothing here reads a clock, logs, or starts a thread. Only packages of detectors see Tribuo. Why
/// scores are what they are: `docs/decisions/0004-score-is-a-calibrated-tail-probability.md`.
@NullMarked
package io.fleetward.models;

import org.jspecify.annotations.NullMarked;
