/// What each systemd unit uses and is denied, from its control group.
@NullMarked
package io.fleetward.agent.collector.cgroup;

import org.jspecify.annotations.NullMarked;
