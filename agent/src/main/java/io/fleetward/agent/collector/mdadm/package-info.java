/// Software RAID, from `/proc/mdstat`.
@NullMarked
package io.fleetward.agent.collector.mdadm;

import org.jspecify.annotations.NullMarked;
