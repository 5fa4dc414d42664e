/// Paging, swapping and OOM kills, from `/proc/vmstat`.
@NullMarked
package io.fleetward.agent.collector.vmstat;

import org.jspecify.annotations.NullMarked;
