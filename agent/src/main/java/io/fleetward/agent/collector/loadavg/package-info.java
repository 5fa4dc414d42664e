/// Load averages, from `/proc/loadavg`.
@NullMarked
package io.fleetward.agent.collector.loadavg;

import org.jspecify.annotations.NullMarked;
