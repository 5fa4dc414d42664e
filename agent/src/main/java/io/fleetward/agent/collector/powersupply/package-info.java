/// Batteries and mains supplies, from sysfs.
@NullMarked
package io.fleetward.agent.collector.powersupply;

import org.jspecify.annotations.NullMarked;
