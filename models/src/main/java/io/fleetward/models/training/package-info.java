/// Training of model versions on the rows of many hosts of a class, and the evidence for or against
/// them.
@NullMarked
package io.fleetward.models.training;

import org.jspecify.annotations.NullMarked;
