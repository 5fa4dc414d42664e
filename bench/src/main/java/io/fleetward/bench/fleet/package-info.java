/// The service under the load of a whole fleet.
@NullMarked
package io.fleetward.bench.fleet;

import org.jspecify.annotations.NullMarked;
