/// Boot time, context switches, interrupts, forks and running processes, from `/proc/stat`.
@NullMarked
package io.fleetward.agent.collector.stat;

import org.jspecify.annotations.NullMarked;
