/// `fleetward demo`: the main job on this machine, with a real fault.
@NullMarked
package io.fleetward.cli.demo;

import org.jspecify.annotations.NullMarked;
