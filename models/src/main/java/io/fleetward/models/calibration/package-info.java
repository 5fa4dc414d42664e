/// Turns distances into tail probabilities that mean the same on every host.
@NullMarked
package io.fleetward.models.calibration;

import org.jspecify.annotations.NullMarked;
