/// Clock frequencies of each CPU, from sysfs.
@NullMarked
package io.fleetward.agent.collector.cpufreq;

import org.jspecify.annotations.NullMarked;
