/// The series a host reports, bound to slots that collectors write.
@NullMarked
package io.fleetward.agent.series;

import org.jspecify.annotations.NullMarked;
