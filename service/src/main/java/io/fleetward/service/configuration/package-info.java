/// Rules, models, policies and actions: the files that the service acts by, read together and put
/// in force together, at start and while it runs.
@NullMarked
package io.fleetward.service.configuration;

import org.jspecify.annotations.NullMarked;
