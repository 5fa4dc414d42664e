/// The processes that use most CPU and memory, from `/proc/PID`.
@NullMarked
package io.fleetward.agent.collector.processes;

import org.jspecify.annotations.NullMarked;
