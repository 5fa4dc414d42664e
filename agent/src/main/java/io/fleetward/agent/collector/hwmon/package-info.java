/// Sensors of the hardware: temperatures, fans, voltages and power, from sysfs.
@NullMarked
package io.fleetward.agent.collector.hwmon;

import org.jspecify.annotations.NullMarked;
