/// The kernel's clock discipline, from `adjtimex`.
@NullMarked
package io.fleetward.agent.collector.timex;

import org.jspecify.annotations.NullMarked;
