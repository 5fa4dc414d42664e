/// What sysfs tells about each network device.
@NullMarked
package io.fleetward.agent.collector.netclass;

import org.jspecify.annotations.NullMarked;
