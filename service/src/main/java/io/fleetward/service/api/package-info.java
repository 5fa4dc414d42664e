/// The HTTP API: the contract's routes, validated against it, and what monitoring asks for.
@NullMarked
package io.fleetward.service.api;

import org.jspecify.annotations.NullMarked;
