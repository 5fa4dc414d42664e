/// Space and inodes of mounted filesystems, from `statvfs`.
@NullMarked
package io.fleetward.agent.collector.filesystem;

import org.jspecify.annotations.NullMarked;
