/// The hosts together: what each tells of itself, in what order, and when all have told enough.
@NullMarked
package io.fleetward.service.fleet;

import org.jspecify.annotations.NullMarked;
