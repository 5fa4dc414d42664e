/// What the programs say, and how they end, when they are given something wrong.
@NullMarked
package io.fleetward.acceptance.input;

import org.jspecify.annotations.NullMarked;
