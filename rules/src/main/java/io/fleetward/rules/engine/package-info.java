/// The live state of one host: its samples, its rules, its alerts.
@NullMarked
package io.fleetward.rules.engine;

import org.jspecify.annotations.NullMarked;
