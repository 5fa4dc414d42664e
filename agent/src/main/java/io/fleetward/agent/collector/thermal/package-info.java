/// Temperatures of thermal zones and the state of what cools them, from sysfs.
@NullMarked
package io.fleetward.agent.collector.thermal;

import org.jspecify.annotations.NullMarked;
