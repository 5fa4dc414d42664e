/// Broker, service and agent as processes of one machine, under one folder.
@NullMarked
package io.fleetward.cli.machine;

import org.jspecify.annotations.NullMarked;
