/// The daemon on every host: start, settings, shutdown.
@NullMarked
package io.fleetward.agent;

import org.jspecify.annotations.NullMarked;
