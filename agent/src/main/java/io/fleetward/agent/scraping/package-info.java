/// Metrics that others on this host have: exporters' pages and text files.
@NullMarked
package io.fleetward.agent.scraping;

import org.jspecify.annotations.NullMarked;
