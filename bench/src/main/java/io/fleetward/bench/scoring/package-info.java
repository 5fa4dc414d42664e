/// How detectors are scored: the same numbers as the public reference implementations give.
@NullMarked
package io.fleetward.bench.scoring;

import org.jspecify.annotations.NullMarked;
