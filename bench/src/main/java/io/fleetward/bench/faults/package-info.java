/// Real faults, made by unprivileged processes beside the agent's own collectors: where the rows
/// come from that the shipped fault classifier is trained on.
@NullMarked
package io.fleetward.bench.faults;

import org.jspecify.annotations.NullMarked;
