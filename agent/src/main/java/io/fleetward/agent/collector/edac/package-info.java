/// Memory errors that controllers have corrected or could not, from sysfs.
@NullMarked
package io.fleetward.agent.collector.edac;

import org.jspecify.annotations.NullMarked;
