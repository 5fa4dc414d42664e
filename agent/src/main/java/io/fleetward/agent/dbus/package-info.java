/// Just enough of D-Bus to ask systemd: the wire protocol over a Unix socket, without a library and
/// without a child process.
@NullMarked
package io.fleetward.agent.dbus;

import org.jspecify.annotations.NullMarked;
