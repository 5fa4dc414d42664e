/// What the kernel and libc tell and do: files of `/proc` read without allocation, signals, process
/// groups.
@NullMarked
package io.fleetward.agent.linux;

import org.jspecify.annotations.NullMarked;
