/// The operator's commands: look at incidents, decide, pause, and make tokens.
@NullMarked
package io.fleetward.cli.operator;

import org.jspecify.annotations.NullMarked;
