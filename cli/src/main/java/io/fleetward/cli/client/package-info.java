/// The service's API as seen from a command line: questions, answers and what can go wrong.
@NullMarked
package io.fleetward.cli.client;

import org.jspecify.annotations.NullMarked;
