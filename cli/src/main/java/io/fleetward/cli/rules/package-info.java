/// `fleetward rules`: Prometheus rule files, checked, tested and tried out without a service.
@NullMarked
package io.fleetward.cli.rules;

import org.jspecify.annotations.NullMarked;
