package io.fleetward.service.store;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/// Tells the pool to drop a connection whose database was closed under it, as H2 does when it
/// cannot write: the next connection opens the file again, so the service mends itself once there
/// is space. Immutable.
final class BrokenConnections implements SQLExceptionOverride {
  // H2's error code; its class ErrorCode is not public interface.
  private static final int DATABASE_IS_CLOSED = 90098;

  @java.lang.Override
  public Override adjudicate(SQLException failure) {
    return failure.getErrorCode() == DATABASE_IS_CLOSED
        ? Override.MUST_EVICT
        : Override.CONTINUE_EVICT;
  }
}
