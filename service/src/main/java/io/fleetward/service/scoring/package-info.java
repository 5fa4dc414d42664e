/// The stream side: one owner per host turns scrapes into features, scores and alerts.
@NullMarked
package io.fleetward.service.scoring;

import org.jspecify.annotations.NullMarked;
