/// Training in service: the registry of versions, and what keeps it going.
@NullMarked
package io.fleetward.service.training;

import org.jspecify.annotations.NullMarked;
