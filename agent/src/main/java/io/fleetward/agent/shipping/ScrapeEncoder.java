package io.fleetward.agent.shipping;

import io.fleetward.protocol.metrics.Scrape;

/// Makes the bytes of a record from a scrape. Called on the collecting thread only.
@FunctionalInterface
public interface ScrapeEncoder {
  byte[] encode(Scrape scrape);
}
