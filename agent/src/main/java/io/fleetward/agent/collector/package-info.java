/// What a collector is and how all of them make one scrape.
@NullMarked
package io.fleetward.agent.collector;

import org.jspecify.annotations.NullMarked;
