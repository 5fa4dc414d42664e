/// The daemon's half of acting: it receives plans, verifies them, hands them to the runner and
/// reports; it executes nothing.
@NullMarked
package io.fleetward.agent.plans;

import org.jspecify.annotations.NullMarked;
