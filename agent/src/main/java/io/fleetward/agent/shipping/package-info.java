/// Records on their way to Kafka, and the broker's clock learnt from its answers.
@NullMarked
package io.fleetward.agent.shipping;

import org.jspecify.annotations.NullMarked;
