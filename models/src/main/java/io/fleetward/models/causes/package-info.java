/// Which of the hosts that are anomalous together is the cause.
@NullMarked
package io.fleetward.models.causes;

import org.jspecify.annotations.NullMarked;
