/// Samples in memory: one ring of times and values for each series.
@NullMarked
package io.fleetward.rules.series;

import org.jspecify.annotations.NullMarked;
