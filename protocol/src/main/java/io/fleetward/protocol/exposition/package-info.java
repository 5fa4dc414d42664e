/// Pages of metrics as exporters write them: Prometheus' text format 0.0.4 and OpenMetrics 1.0.
@NullMarked
package io.fleetward.protocol.exposition;

import org.jspecify.annotations.NullMarked;
