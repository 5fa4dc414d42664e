/// How a host comes to belong to a fleet: the keys that it makes, and whom it shows them.
@NullMarked
package io.fleetward.agent.enrolment;

import org.jspecify.annotations.NullMarked;
