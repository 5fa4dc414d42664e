/// The kernel's entropy pool, from `/proc/sys/kernel/random`.
@NullMarked
package io.fleetward.agent.collector.entropy;

import org.jspecify.annotations.NullMarked;
