/// Records kept on the disk until the broker has them: bounded, checked, in order.
@NullMarked
package io.fleetward.agent.spool;

import org.jspecify.annotations.NullMarked;
