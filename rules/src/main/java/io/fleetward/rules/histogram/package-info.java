/// Native histograms: counts of observations in buckets whose bounds follow from a schema, or are
/// listed.
@NullMarked
package io.fleetward.rules.histogram;

import org.jspecify.annotations.NullMarked;
