/// The state of systemd and its units, asked over D-Bus.
@NullMarked
package io.fleetward.agent.collector.systemd;

import org.jspecify.annotations.NullMarked;
