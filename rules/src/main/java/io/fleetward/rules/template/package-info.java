/// Go's text templates as Prometheus offers them, and Go's writing of numbers.
@NullMarked
package io.fleetward.rules.template;

import org.jspecify.annotations.NullMarked;
