package io.fleetward.service.enrolment;

import io.fleetward.protocol.signing.ScrapeKey;
import io.fleetward.protocol.signing.TrustedKey;
import io.fleetward.protocol.signing.TrustedKeys;
import io.fleetward.protocol.signing.TrustedKeys.Opened;
import io.fleetward.service.store.Database;
import io.fleetward.service.store.HostKeyTable;
import io.fleetward.service.store.Ledger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The keys of the enrolled hosts that are in force, in memory. Thread safe.
///
/// One process has the database, so what this one changes is all that changes.
public final class HostRegistry implements HostKeys, ScrapeKeys {
  private final Database database;
  private volatile Held held;

  private record Held(HostKeys hosts, Map<String, ScrapeKey> scrapeKeys) {}

  /// Reads the keys.
  ///
  /// @throws io.fleetward.service.store.DatabaseUnavailableException without a database
  public HostRegistry(Database database) {
    this.database = database;
    this.held = read();
  }

  /// Reads them again, after a change.
  synchronized void refresh() {
    held = read();
  }

  private Held read() {
    List<TrustedKey> hosts = new ArrayList<>();
    Map<String, ScrapeKey> scrapeKeys = new HashMap<>();
    for (HostKeyTable.Row key : database.transaction((Ledger ledger) -> ledger.hostKeys().list())) {
      if (key.revokedAt() == null) {
        hosts.add(TrustedKey.fromPem(key.instance(), key.publicKey()));
        scrapeKeys.put(key.instance(), ScrapeKey.fromText(key.scrapeKey()));
      }
    }
    return new Held(HostKeys.of(new TrustedKeys(hosts)), Map.copyOf(scrapeKeys));
  }

  @Override
  public Opened open(byte[] envelope, String expectedType) {
    return held.hosts().open(envelope, expectedType);
  }

  @Override
  public boolean trusts(String instance, String fingerprint) {
    return held.hosts().trusts(instance, fingerprint);
  }

  @Override
  public Optional<ScrapeKey> find(String instance) {
    return Optional.ofNullable(held.scrapeKeys().get(instance));
  }
}
