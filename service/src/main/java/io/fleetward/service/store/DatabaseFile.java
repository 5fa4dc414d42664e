package io.fleetward.service.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// Opens the embedded database, an H2 file of one process.
public final class DatabaseFile {
  // H2's error codes; its class ErrorCode is not public interface.
  private static final int ALREADY_OPEN = 90020;
  private static final int FILE_CORRUPT = 90030;
  private static final int GENERAL = 50000;
  private static final int IO_EXCEPTION = 90028;
  private static final int IO_EXCEPTION_NAMED = 90031;
  private static final int READ_ONLY = 90097;
  private static final int FILE_RENAME = 90024;

  private DatabaseFile() {}

  /// Opens `fleetward.mv.db` in a folder, which is made if it is not there, and brings its tables
  /// up to date.
  ///
  /// @throws DatabaseUnavailableException if another process has it, or it cannot be written
  public static Database open(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
    // WRITE_DELAY=0: with the default a kill loses commits that were acknowledged.
    String url =
        "jdbc:h2:file:%s/fleetward;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE"
            .formatted(folder.toAbsolutePath());
    try (Connection probe = DriverManager.getConnection(url, "", "")) {
      if (probe.isReadOnly()) {
        throw unwritable(folder, new IOException("read-only"));
      }
      return Database.open(url);
    } catch (SQLException e) {
      throw explain(folder, e);
    }
  }

  private static DatabaseUnavailableException explain(Path folder, SQLException e) {
    return switch (e.getErrorCode()) {
      case ALREADY_OPEN ->
          new DatabaseUnavailableException(
              "%s: another process has this database open; stop that service, or give this one a control.database folder of its own"
                  .formatted(folder),
              e);
      case GENERAL, IO_EXCEPTION, IO_EXCEPTION_NAMED, READ_ONLY, FILE_RENAME ->
          unwritable(folder, e);
      case FILE_CORRUPT ->
          new DatabaseUnavailableException(
              "%s/fleetward.mv.db is damaged; put a backup in its place, or move it away to begin anew"
                  .formatted(folder),
              e);
      default ->
          new DatabaseUnavailableException(
              "%s: the database cannot be opened (%s)".formatted(folder, e.getMessage()), e);
    };
  }

  private static DatabaseUnavailableException unwritable(Path folder, Exception e) {
    return new DatabaseUnavailableException(
        "%s cannot be written (%s); free space on the disk, or give this user the right to write there"
            .formatted(folder, DatabaseUnavailableException.reasonOf(e)),
        e);
  }
}
