/// Reasons not to act, each a small pure type that says why and what would have to change.
@NullMarked
package io.fleetward.remediation.guard;

import org.jspecify.annotations.NullMarked;
