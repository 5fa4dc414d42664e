/// Metrics that come over HTTP as Prometheus' remote-write, on their way into Kafka.
@NullMarked
package io.fleetward.service.ingest;

import org.jspecify.annotations.NullMarked;
