/// `fleetward standalone`: broker, service and agent on one machine, data kept.
@NullMarked
package io.fleetward.cli.standalone;

import org.jspecify.annotations.NullMarked;
