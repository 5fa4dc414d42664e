/// The kernel's name and version, from `uname`.
@NullMarked
package io.fleetward.agent.collector.uname;

import org.jspecify.annotations.NullMarked;
