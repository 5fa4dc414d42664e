/// A host against the hosts of its class at one instant: values in, deviations out.
@NullMarked
package io.fleetward.models.peers;

import org.jspecify.annotations.NullMarked;
