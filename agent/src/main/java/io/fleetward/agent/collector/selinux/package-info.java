/// Whether SELinux is on, from `/sys/fs/selinux`.
@NullMarked
package io.fleetward.agent.collector.selinux;

import org.jspecify.annotations.NullMarked;
