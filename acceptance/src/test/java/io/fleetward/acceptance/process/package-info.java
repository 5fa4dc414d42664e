/// Starts the real programs for tests, and what they need around them.
@NullMarked
package io.fleetward.acceptance.process;

import org.jspecify.annotations.NullMarked;
