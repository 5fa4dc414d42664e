/// The life of a proposal as pure decisions: a state and an event give the next state and its
/// effects.
@NullMarked
package io.fleetward.remediation.lifecycle;

import org.jspecify.annotations.NullMarked;
