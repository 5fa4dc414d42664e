/// Open files of the whole host, from `/proc/sys/fs/file-nr`.
@NullMarked
package io.fleetward.agent.collector.filefd;

import org.jspecify.annotations.NullMarked;
