/// The service's composition root.
@NullMarked
package io.fleetward.service;

import org.jspecify.annotations.NullMarked;
