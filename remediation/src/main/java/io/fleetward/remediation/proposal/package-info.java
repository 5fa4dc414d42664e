/// What could be done about an alert, and who agreed to exactly that.
@NullMarked
package io.fleetward.remediation.proposal;

import org.jspecify.annotations.NullMarked;
