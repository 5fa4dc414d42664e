/// The Kafka broker of the single-machine modes; only this package sees Kafka's server.
@NullMarked
package io.fleetward.cli.broker;

import org.jspecify.annotations.NullMarked;
