package io.fleetward.service.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/// A database with up-to-date tables. Thread safe.
public final class Database implements AutoCloseable {
  private static final int CONNECTIONS = 4;

  // classes of SQLSTATE, the same in H2 and PostgreSQL
  private static final String DATA_EXCEPTION = "22";
  private static final String CONSTRAINT_VIOLATION = "23";

  /// Whoever asks while the database cannot be opened is told so after this long.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final HikariDataSource connections;
  private final Jdbi jdbi;

  /// H2 acknowledges a commit without writing it while another thread holds its file (`tryCommit`),
  /// and others see it before it is written. So transactions come one at a time.
  private final ReentrantLock turn = new ReentrantLock();

  private Database(HikariDataSource connections) {
    this.connections = connections;
    this.jdbi = Jdbi.create(connections);
  }

  /// Opens the database of a JDBC address and migrates it.
  public static Database open(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername("");
    config.setPassword("");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setPoolName("control");
    config.setConnectionTimeout(PATIENCE.toMillis());
    config.setExceptionOverride(new BrokenConnections());
    HikariDataSource connections = new HikariDataSource(config);
    try {
      Flyway.configure().dataSource(connections).load().migrate();
    } catch (RuntimeException e) {
      connections.close();
      throw new DatabaseUnavailableException(
          "%s: the tables cannot be brought up to date (%s); free space on the disk, or start the version of the service that made them"
              .formatted(url, DatabaseUnavailableException.reasonOf(e)),
          e);
    }
    return new Database(connections);
  }

  /// Does work in one transaction: all of it is kept, or none if it throws.
  ///
  /// @throws DatabaseUnavailableException if the database does not answer or cannot write
  public <T> T transaction(Function<Ledger, T> work) {
    turn.lock();
    try {
      return jdbi.inTransaction(handle -> work.apply(new Ledger(handle)));
    } catch (JdbiException e) {
      throw new DatabaseUnavailableException(
          "the database does not answer (%s); look at its disk and the service's log"
              .formatted(DatabaseUnavailableException.reasonOf(e)),
          e);
    } finally {
      turn.unlock();
    }
  }

  /// Whether the database refused what it was given to keep, and would refuse the same again: a
  /// value that does not fit its column, or breaks a rule of its table.
  public static boolean isRefusedForGood(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLException sql) {
        String state = String.valueOf(sql.getSQLState());
        return state.startsWith(DATA_EXCEPTION) || state.startsWith(CONSTRAINT_VIOLATION);
      }
    }
    return false;
  }

  /// The connections, for parts that keep tables of their own.
  public Jdbi jdbi() {
    return jdbi;
  }

  /// Whether a question is answered now.
  public boolean answers() {
    try {
      return jdbi.withHandle(handle -> handle.createQuery("SELECT 1").mapTo(int.class).one()) == 1;
    } catch (JdbiException _) {
      // whoever asks only wants to know
      return false;
    }
  }

  @Override
  public void close() {
    connections.close();
  }
}
