/// Label sets and the matchers that select them, with Prometheus' semantics.
@NullMarked
package io.fleetward.protocol.labels;

import org.jspecify.annotations.NullMarked;
