/// How many links of each bond are up, from sysfs.
@NullMarked
package io.fleetward.agent.collector.bonding;

import org.jspecify.annotations.NullMarked;
