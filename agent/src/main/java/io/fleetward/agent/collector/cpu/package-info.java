/// Seconds that each CPU spent in each mode, from `/proc/stat`.
@NullMarked
package io.fleetward.agent.collector.cpu;

import org.jspecify.annotations.NullMarked;
