/// When a resource will be exhausted, with an interval whose coverage is measured: no interval, no
/// forecast.
@NullMarked
package io.fleetward.models.forecast;

import org.jspecify.annotations.NullMarked;
