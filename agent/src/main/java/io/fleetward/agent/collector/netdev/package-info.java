/// Network traffic by device, from `/proc/net/dev`.
@NullMarked
package io.fleetward.agent.collector.netdev;

import org.jspecify.annotations.NullMarked;
