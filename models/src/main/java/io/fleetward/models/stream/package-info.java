/// The product's detector on plain rows: what files, benchmarks and hosts share.
@NullMarked
package io.fleetward.models.stream;

import org.jspecify.annotations.NullMarked;
