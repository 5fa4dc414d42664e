/// ZFS' own counters, from `/proc/spl/kstat/zfs`.
@NullMarked
package io.fleetward.agent.collector.zfs;

import org.jspecify.annotations.NullMarked;
