/// Digests over content, the same for the same content in any order.
@NullMarked
package io.fleetward.remediation.digest;

import org.jspecify.annotations.NullMarked;
