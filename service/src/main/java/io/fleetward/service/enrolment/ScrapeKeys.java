package io.fleetward.service.enrolment;

import io.fleetward.protocol.signing.ScrapeKey;
import java.util.Optional;

/// The keys under which hosts seal their scrapes. Thread safe; never waits.
@FunctionalInterface
public interface ScrapeKeys {
  /// The key of a host; empty if it has none in force.
  Optional<ScrapeKey> find(String instance);
}
