/// Tests that people write: Prometheus' test scripts and promtool's rule unit tests.
@NullMarked
package io.fleetward.rules.testing;

import org.jspecify.annotations.NullMarked;
