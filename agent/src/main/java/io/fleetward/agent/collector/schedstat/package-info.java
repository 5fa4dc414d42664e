/// How long each CPU ran tasks and let them wait, from `/proc/schedstat`.
@NullMarked
package io.fleetward.agent.collector.schedstat;

import org.jspecify.annotations.NullMarked;
