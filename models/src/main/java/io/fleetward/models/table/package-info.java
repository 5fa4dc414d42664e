/// Files of rows that detectors read.
@NullMarked
package io.fleetward.models.table;

import org.jspecify.annotations.NullMarked;
