/// Where a rule can be evaluated without giving another answer than Prometheus would.
@NullMarked
package io.fleetward.rules.placement;

import org.jspecify.annotations.NullMarked;
