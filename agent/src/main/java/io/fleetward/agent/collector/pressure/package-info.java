/// Pressure stall information, from `/proc/pressure`.
@NullMarked
package io.fleetward.agent.collector.pressure;

import org.jspecify.annotations.NullMarked;
