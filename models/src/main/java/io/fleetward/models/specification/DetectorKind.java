package io.fleetward.models.specification;

import java.util.Locale;

/// What `detector` may be.
enum DetectorKind {
  K_MEANS,
  ENSEMBLE;

  /// As files name it.
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
