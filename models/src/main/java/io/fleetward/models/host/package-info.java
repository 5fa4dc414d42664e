/// The model of one host as it lives: learning rows, asking for fits, scoring.
@NullMarked
package io.fleetward.models.host;

import org.jspecify.annotations.NullMarked;
