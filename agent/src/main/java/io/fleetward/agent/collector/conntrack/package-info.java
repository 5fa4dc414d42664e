/// Connection tracking of the kernel, from `/proc/sys/net/netfilter` and `/proc/net/stat`.
@NullMarked
package io.fleetward.agent.collector.conntrack;

import org.jspecify.annotations.NullMarked;
