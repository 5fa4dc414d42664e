/// The host's clock and what drives it.
@NullMarked
package io.fleetward.agent.collector.time;

import org.jspecify.annotations.NullMarked;
