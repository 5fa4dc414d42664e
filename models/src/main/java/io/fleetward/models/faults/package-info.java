/// What kind of fault an episode is, told from what deviates: a Tribuo classifier with
/// probabilities, trained on faults that were really made.
@NullMarked
package io.fleetward.models.faults;

import org.jspecify.annotations.NullMarked;
