/// Bytes that wait in UDP sockets, from `/proc/net/udp` and `udp6`.
@NullMarked
package io.fleetward.agent.collector.udpqueues;

import org.jspecify.annotations.NullMarked;
