/// Reads the records that scoring could not use.
@NullMarked
package io.fleetward.cli.letters;

import org.jspecify.annotations.NullMarked;
