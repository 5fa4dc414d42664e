package io.fleetward.cli.demo;

import java.nio.file.Path;
import java.time.Duration;

/// What the demo was asked to do.
///
/// @param approve whether the demo answers its own question
/// @param keepRunning whether everything stays up afterwards
/// @param limit for the time from everything started to verified
/// @param parent the folder in which the temporary folder is made
record DemoOptions(
    Fault fault, boolean approve, boolean keepRunning, Duration limit, Path parent) {}
