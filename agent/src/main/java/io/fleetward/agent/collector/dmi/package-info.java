/// What the firmware says about the machine, from sysfs.
@NullMarked
package io.fleetward.agent.collector.dmi;

import org.jspecify.annotations.NullMarked;
