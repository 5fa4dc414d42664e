/// The agent's own `/metrics` page.
@NullMarked
package io.fleetward.agent.telemetry;

import org.jspecify.annotations.NullMarked;
