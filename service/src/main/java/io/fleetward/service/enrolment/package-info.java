/// Which hosts belong to the fleet, and what proves that something came from one of them.
@NullMarked
package io.fleetward.service.enrolment;

import org.jspecify.annotations.NullMarked;
