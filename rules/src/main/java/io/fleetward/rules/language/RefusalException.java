package io.fleetward.rules.language;

import io.fleetward.rules.language.Expression.Place;

/// Ends parsing at the first thing that cannot be read; never leaves this package.
final class RefusalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Place place;

  RefusalException(Place place, String message) {
    super(message, null, false, false);
    this.place = place;
  }

  Place place() {
    return place;
  }

  String problem() {
    return String.valueOf(getMessage());
  }
}
