/// What tests that throw damaged input at readers share.
@NullMarked
package io.fleetward.protocol.fuzz;

import org.jspecify.annotations.NullMarked;
