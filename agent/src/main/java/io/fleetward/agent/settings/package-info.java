/// How an agent is configured; read by the daemon and by the runner.
@NullMarked
package io.fleetward.agent.settings;

import org.jspecify.annotations.NullMarked;
