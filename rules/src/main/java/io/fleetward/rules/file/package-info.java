/// Rule files in Prometheus' format.
@NullMarked
package io.fleetward.rules.file;

import org.jspecify.annotations.NullMarked;
