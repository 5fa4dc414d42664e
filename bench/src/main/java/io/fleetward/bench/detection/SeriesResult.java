package io.fleetward.bench.detection;

import io.fleetward.bench.scoring.Areas;
import io.fleetward.bench.scoring.Calibration;
import io.fleetward.bench.scoring.Decisions;
import io.fleetward.bench.scoring.Volumes;

/// How good the scores of one series are.
///
/// @param rows that were scored and judged
/// @param learnt rows to learn from before
/// @param undetermined judged rows without a score
/// @param buffer rows over which the labels are softened for the volumes
/// @param hostDays that the judged rows cover
/// @param microsPerRow of CPU
/// @param learningSeconds of CPU
record SeriesResult(
    String set,
    String series,
    int rows,
    int learnt,
    int undetermined,
    int buffer,
    Volumes volumes,
    Areas areas,
    Decisions decisions,
    Calibration calibration,
    double hostDays,
    double microsPerRow,
    double learningSeconds) {}
