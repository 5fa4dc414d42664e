/// What `fleetward rules …` does, with arguments already read.
@NullMarked
package io.fleetward.rules.command;

import org.jspecify.annotations.NullMarked;
