/// Memory as `/proc/meminfo` tells it, in bytes.
@NullMarked
package io.fleetward.agent.collector.meminfo;

import org.jspecify.annotations.NullMarked;
