/// When certificates in named files expire.
@NullMarked
package io.fleetward.agent.collector.certificates;

import org.jspecify.annotations.NullMarked;
