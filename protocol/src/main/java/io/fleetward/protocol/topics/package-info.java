/// The names of the Kafka topics and record headers.
@NullMarked
package io.fleetward.protocol.topics;

import org.jspecify.annotations.NullMarked;
