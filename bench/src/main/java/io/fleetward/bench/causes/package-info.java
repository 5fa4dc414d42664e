/// Faults injected into services that call each other: does the right one come first?
@NullMarked
package io.fleetward.bench.causes;

import org.jspecify.annotations.NullMarked;
