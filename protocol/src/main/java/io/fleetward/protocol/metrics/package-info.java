/// Scrapes and their remote-write encoding.
@NullMarked
package io.fleetward.protocol.metrics;

import org.jspecify.annotations.NullMarked;
