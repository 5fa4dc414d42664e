/// Firing alerts that belong together.
@NullMarked
package io.fleetward.remediation.incident;

import org.jspecify.annotations.NullMarked;
