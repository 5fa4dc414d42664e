/// What the kernel complains about in its log, from `/dev/kmsg`.
@NullMarked
package io.fleetward.agent.collector.kmsg;

import org.jspecify.annotations.NullMarked;
