/// Operations of each XFS filesystem, from sysfs.
@NullMarked
package io.fleetward.agent.collector.xfs;

import org.jspecify.annotations.NullMarked;
