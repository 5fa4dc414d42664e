/// Expressions bound to series, and their evaluation.
///
/// Binding does all work on labels: each node knows its rows, one for each series it may yield, and
/// which rows of its operands they come from. Evaluating at a time is then arithmetic on arrays. A
/// row that yields nothing at that time holds the stale marker.
@NullMarked
package io.fleetward.rules.evaluation;

import org.jspecify.annotations.NullMarked;
