/// The state of the host's packages and whether it waits for a reboot, from the files of dpkg and
/// apt.
@NullMarked
package io.fleetward.agent.collector.packages;

import org.jspecify.annotations.NullMarked;
