/// What the service must not forget, in SQL; the only package that knows it.
@NullMarked
package io.fleetward.service.store;

import org.jspecify.annotations.NullMarked;
