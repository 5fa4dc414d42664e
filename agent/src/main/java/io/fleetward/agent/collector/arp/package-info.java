/// Neighbours of each network device, from `/proc/net/arp`.
@NullMarked
package io.fleetward.agent.collector.arp;

import org.jspecify.annotations.NullMarked;
