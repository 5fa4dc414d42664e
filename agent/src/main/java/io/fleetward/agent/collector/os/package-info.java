/// The release of the operating system, from `/etc/os-release`.
@NullMarked
package io.fleetward.agent.collector.os;

import org.jspecify.annotations.NullMarked;
