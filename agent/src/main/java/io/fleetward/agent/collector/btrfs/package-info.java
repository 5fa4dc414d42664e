/// Space of Btrfs filesystems by kind and layout, from sysfs.
@NullMarked
package io.fleetward.agent.collector.btrfs;

import org.jspecify.annotations.NullMarked;
