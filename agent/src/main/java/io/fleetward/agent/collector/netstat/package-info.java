/// Counters of the network protocols, from `/proc/net/netstat`, `snmp` and `snmp6`.
@NullMarked
package io.fleetward.agent.collector.netstat;

import org.jspecify.annotations.NullMarked;
