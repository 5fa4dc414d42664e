package io.fleetward.service.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/// Notes hosts in a database until it is killed, and tells each one that was acknowledged; another
/// thread writes beside it.
final class HostsWriterMain {
  private HostsWriterMain() {}

  /// @param arguments the folder, and the number of the first host
  public static void main(String[] arguments) {
    Database database = DatabaseFile.open(Path.of(arguments[0]));
    // space is used again after this many milliseconds instead of 45 s: recovery meets old chunks
    database.jdbi().useHandle(handle -> handle.execute("SET RETENTION_TIME 300"));
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          while (true) {
            note(database, "beside");
            LockSupport.parkNanos(1_000_000);
          }
        });
    for (int host = Integer.parseInt(arguments[1]); ; host++) {
      note(database, "host-" + host);
      System.out.println(host);
      LockSupport.parkNanos(2_000_000);
    }
  }

  private static void note(Database database, String instance) {
    Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
    database.transaction(ledger -> {
      ledger.hosts().seen(instance, now);
      return true;
    });
  }
}
