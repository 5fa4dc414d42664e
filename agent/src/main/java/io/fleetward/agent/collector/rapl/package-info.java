/// Energy that processors and memory have used, from sysfs.
@NullMarked
package io.fleetward.agent.collector.rapl;

import org.jspecify.annotations.NullMarked;
