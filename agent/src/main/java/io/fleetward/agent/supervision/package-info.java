/// What the agent tells whoever runs it: that it is ready, alive, reloading, about to end.
@NullMarked
package io.fleetward.agent.supervision;

import org.jspecify.annotations.NullMarked;
