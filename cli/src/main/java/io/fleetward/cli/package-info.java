/// The `fleetward` command.
@NullMarked
package io.fleetward.cli;

import org.jspecify.annotations.NullMarked;
