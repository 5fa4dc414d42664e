/// What every detector answers: a calibrated score with contributions, or why it cannot say.
@NullMarked
package io.fleetward.models.detection;

import org.jspecify.annotations.NullMarked;
