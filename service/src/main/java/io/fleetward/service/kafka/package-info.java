/// How the service reaches Kafka, and the topics it needs there.
@NullMarked
package io.fleetward.service.kafka;

import org.jspecify.annotations.NullMarked;
