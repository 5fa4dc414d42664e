/// Packets that each CPU has taken from the network cards, from `/proc/net/softnet_stat`.
@NullMarked
package io.fleetward.agent.collector.softnet;

import org.jspecify.annotations.NullMarked;
