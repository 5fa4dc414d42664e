/// How a program of ours is started, told to stop, and tied to the process that started it.
@NullMarked
package io.fleetward.protocol.process;

import org.jspecify.annotations.NullMarked;
