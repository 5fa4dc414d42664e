/// Tests of the whole on real parts, and the rules of the architecture.
@NullMarked
package io.fleetward.acceptance;

import org.jspecify.annotations.NullMarked;
