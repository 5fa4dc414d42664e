/// Reading configuration files so that every problem is told with file, line and column.
@NullMarked
package io.fleetward.protocol.configuration;

import org.jspecify.annotations.NullMarked;
