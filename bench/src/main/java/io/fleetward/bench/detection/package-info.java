/// `fleetward bench detection`: the product's detector on labelled data, beside what is public.
@NullMarked
package io.fleetward.bench.detection;

import org.jspecify.annotations.NullMarked;
