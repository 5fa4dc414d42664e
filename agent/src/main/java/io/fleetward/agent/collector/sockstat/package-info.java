/// Sockets in use, from `/proc/net/sockstat` and `sockstat6`.
@NullMarked
package io.fleetward.agent.collector.sockstat;

import org.jspecify.annotations.NullMarked;
