/// Disk I/O, from `/proc/diskstats`.
@NullMarked
package io.fleetward.agent.collector.diskstats;

import org.jspecify.annotations.NullMarked;
