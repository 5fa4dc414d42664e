/// The runner's half of acting: allow-list, verification, journal, execution; shared with the
/// daemon where both must judge.
@NullMarked
package io.fleetward.agent.action;

import org.jspecify.annotations.NullMarked;
