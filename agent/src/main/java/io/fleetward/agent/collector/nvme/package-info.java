/// The identity of NVMe drives, from sysfs.
@NullMarked
package io.fleetward.agent.collector.nvme;

import org.jspecify.annotations.NullMarked;
