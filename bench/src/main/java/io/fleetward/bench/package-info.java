/// Benchmarks that say of each goal whether it was met, missed or not measured.
@NullMarked
package io.fleetward.bench;

import org.jspecify.annotations.NullMarked;
