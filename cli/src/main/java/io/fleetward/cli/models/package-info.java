/// `fleetward models …`: detectors on files.
@NullMarked
package io.fleetward.cli.models;

import org.jspecify.annotations.NullMarked;
