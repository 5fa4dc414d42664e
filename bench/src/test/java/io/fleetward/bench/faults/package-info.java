/// Tests of the faults that are made and of their recordings.
@NullMarked
package io.fleetward.bench.faults;

import org.jspecify.annotations.NullMarked;
